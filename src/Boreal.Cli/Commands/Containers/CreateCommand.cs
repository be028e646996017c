using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Options;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class CreateCommand : Command
{
    private readonly ContainerOptions _options;

    public CreateCommand() => _options = new ContainerOptions(Flags);

    public override string Usage => "create [OPTIONS] IMAGE [COMMAND] [ARG...]";

    public override string Summary => "Create a new container";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["container create", "create"];

    public override IReadOnlyList<string> Examples => ["boreal create --name job busybox sleep 60", "boreal start -a job"];

    public override bool OptionsAnywhere => false;

    public override string ArgumentNoun => "image";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var request = _options.Build(arguments[0], [.. arguments.Skip(1)]);
            var id = await ContainerCreation.CreateAsync(context, _options, request, cancellationToken);
            await context.Out.WriteLineAsync(id);
            return ExitCodes.Success;
        }
        catch (FormatException problem)
        {
            throw WithHelp(problem.Message, ExitCodes.Refused, context);
        }
        catch (CommandFailedException problem) when (problem.ExitCode is ExitCodes.Refused)
        {
            throw WithHelp(problem.Message, ExitCodes.Refused, context);
        }
        catch (ApiException problem)
        {
            throw new CommandFailedException(problem.Message);
        }
    }

    private static CommandFailedException WithHelp(string message, int code, CliContext context) =>
        new($"{HelpWriter.Program}: {message}\n\nRun '{context.CommandPath} --help' for more information", code);
}
