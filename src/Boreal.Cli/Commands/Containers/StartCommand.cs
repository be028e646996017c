using Boreal.Client.Errors;
using Boreal.Cli.Attaching;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class StartCommand : Command
{
    private readonly ValueFlag<bool> _attach;
    private readonly ValueFlag<bool> _interactive;
    private readonly ValueFlag<string> _detachKeys;

    public StartCommand()
    {
        _attach = Flags.Switch("attach", 'a', "Attach STDOUT/STDERR and forward signals");
        _interactive = Flags.Switch("interactive", 'i', "Attach container's STDIN");
        _detachKeys = Flags.Text("detach-keys", '\0', "Override the key sequence for detaching a container");
    }

    public override string Usage => "start [OPTIONS] CONTAINER [CONTAINER...]";

    public override string Summary => "Start one or more stopped containers";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container start", "start"];

    public override IReadOnlyList<string> Examples => ["boreal start web db", "boreal start -ai shell"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (!_attach.Value && !_interactive.Value) return await StartEachAsync(context, arguments, cancellationToken);
        if (arguments.Count > 1) throw new CommandFailedException("you cannot start and attach multiple containers at once");
        return await AttachAsync(context, arguments[0], cancellationToken);
    }

    private static async Task<int> StartEachAsync(CliContext context, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var failed = new List<string>();
        foreach (var name in names)
        {
            try
            {
                await context.Client.Containers.StartAsync(name, cancellationToken);
                await context.Out.WriteLineAsync(name);
                await context.Out.FlushAsync(cancellationToken);
            }
            catch (ApiException problem)
            {
                await context.Error.WriteLineAsync(problem.Message);
                failed.Add(name);
            }
        }

        return failed.Count is 0 ? ExitCodes.Success : throw new CommandFailedException($"Error: failed to start containers: {string.Join(", ", failed)}");
    }

    private async Task<int> AttachAsync(CliContext context, string name, CancellationToken cancellationToken)
    {
        var container = await context.Client.Containers.InspectAsync(name, cancellationToken);
        var tty = container.Config.Tty;
        using var signals = tty ? null : new SignalForwarding(signal => context.Client.Containers.KillAsync(container.Id, signal, CancellationToken.None));
        var choice = new StreamChoice(_interactive.Value && container.Config.OpenStdin, true, true, tty,
            _detachKeys.Value.Length > 0 ? _detachKeys.Value : context.Configuration.DetachKeys);
        var remote = await context.Client.Containers.AttachAsync(container.Id, RunCommand.Query(choice), cancellationToken);
        await using var streams = new AttachedStreams(context, remote, choice);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var copying = streams.RunAsync(ends.Token);
        var exited = await ExitWatch.BeginAsync(context, container.Id, container.HostConfig.AutoRemove, cancellationToken);
        try
        {
            await context.Client.Containers.StartAsync(container.Id, cancellationToken);
        }
        catch (ApiException)
        {
            await ends.CancelAsync();
            await ((Task)copying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        using var window = tty && context.Terminal.OutputIsTerminal
            ? new WindowFollowing(context, (rows, columns) => context.Client.Containers.ResizeAsync(container.Id, rows, columns, CancellationToken.None)) : null;
        return await copying is AttachOutcome.Detached ? ExitCodes.Success : await exited;
    }
}
