using Boreal.Api.Containers;
using Boreal.Client.Containers;
using Boreal.Client.Errors;
using Boreal.Cli.Attaching;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Options;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

/// <summary>create, attach, wait, start, in this order: so no output and no exit code is missed.</summary>
internal sealed class RunCommand : Command
{
    private readonly ContainerOptions _options;
    private readonly ValueFlag<bool> _detach;
    private readonly ValueFlag<string> _detachKeys;
    private readonly ValueFlag<bool> _signalProxy;

    public RunCommand()
    {
        _options = new ContainerOptions(Flags);
        _detach = Flags.Switch("detach", 'd', "Run container in background and print container ID");
        _detachKeys = Flags.Text("detach-keys", '\0', "Override the key sequence for detaching a container");
        _signalProxy = Flags.Switch("sig-proxy", '\0', "Proxy received signals to the process", start: true);
    }

    public override string Usage => "run [OPTIONS] IMAGE [COMMAND] [ARG...]";

    public override string Summary => "Create and run a new container from an image";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container run", "run"];

    public override IReadOnlyList<string> Examples =>
        ["boreal run -it --rm busybox sh", "boreal run -d --name web -p 8080:80 nginx", "echo hello | boreal run -i --rm busybox cat"];

    public override bool OptionsAnywhere => false;

    public override string ArgumentNoun => "image";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await RunContainerAsync(context, Request(context, arguments), cancellationToken);
        }
        catch (FormatException problem)
        {
            throw WithHelp(problem.Message, ExitCodes.Refused, context);
        }
        catch (ApiException problem)
        {
            var failure = StartFailure.Of(problem);
            throw WithHelp(failure.Message, failure.ExitCode, context);
        }
        catch (CommandFailedException problem) when (problem.ExitCode is ExitCodes.Refused)
        {
            throw WithHelp(problem.Message, problem.ExitCode, context);
        }
    }

    private static CommandFailedException WithHelp(string message, int code, CliContext context) =>
        new($"{HelpWriter.Program}: {message}\n\nRun '{context.CommandPath} --help' for more information", code);

    private ContainerCreateRequest Request(CliContext context, IReadOnlyList<string> arguments)
    {
        var request = _options.Build(arguments[0], [.. arguments.Skip(1)]);
        if (_detach.Value)
        {
            if (_options.AttachIsGiven) throw new CommandFailedException("conflicting options: cannot specify both --attach and --detach");
            return request with { AttachStdin = false, AttachStdout = false, AttachStderr = false, StdinOnce = false };
        }

        CheckTerminal(context, request.AttachStdin, request.Tty);
        return request.Tty && context.Terminal.Size is { } size && request.HostConfig is { } host
            ? request with { HostConfig = host with { ConsoleSize = [size.Rows, size.Columns] } }
            : request;
    }

    internal static void CheckTerminal(CliContext context, bool attachesInput, bool tty)
    {
        if (attachesInput && tty && !context.Terminal.InputIsTerminal) throw new CommandFailedException("the input device is not a TTY");
    }

    private async Task<int> RunContainerAsync(CliContext context, ContainerCreateRequest request, CancellationToken cancellationToken)
    {
        var id = await ContainerCreation.CreateAsync(context, _options, request, cancellationToken);
        var run = new AttachedRun(context, id, request) { DetachKeys = _detachKeys.Value, ForwardsSignals = _signalProxy.Value && !_detach.Value, RemovesItself = _options.AutoRemove.Value };
        return await run.RunAsync(cancellationToken);
    }

    internal static AttachQuery Query(StreamChoice choice) => new()
    {
        Stdin = choice.Stdin,
        Stdout = choice.Stdout,
        Stderr = choice.Stderr,
        DetachKeys = choice.DetachKeys,
    };
}
