using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class ExportCommand : Command
{
    private readonly ValueFlag<string> _output;

    public ExportCommand() => _output = Flags.Text("output", 'o', "Write to a file, instead of STDOUT");

    public override string Usage => "export [OPTIONS] CONTAINER";

    public override string Summary => "Export a container's filesystem as a tar archive";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["container export", "export"];

    public override IReadOnlyList<string> Examples => ["boreal export -o web.tar web", "boreal export web | tar -t"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (_output.Value.Length is 0 && context.Terminal.OutputIsTerminal)
            throw new CommandFailedException("cowardly refusing to save to a terminal. Use the -o flag or redirect");
        await using var export = await context.Client.Containers.ExportAsync(arguments[0], cancellationToken);
        await OutputFile.SaveAsync(context, _output.Value, export.Content, cancellationToken);
        return ExitCodes.Success;
    }
}
