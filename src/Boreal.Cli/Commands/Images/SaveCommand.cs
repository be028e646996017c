using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Images;

internal sealed class SaveCommand : Command
{
    private readonly ValueFlag<string> _output;

    public SaveCommand() => _output = Flags.Text("output", 'o', "Write to a file, instead of STDOUT");

    public override string Usage => "save [OPTIONS] IMAGE [IMAGE...]";

    public override string Summary => "Save one or more images to a tar archive (streamed to STDOUT by default)";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["image save", "save"];

    public override IReadOnlyList<string> Examples => ["boreal save -o web.tar web:1.2", "boreal save web db | gzip > all.tar.gz"];

    public override string ArgumentNoun => "image";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (_output.Value.Length is 0 && context.Terminal.OutputIsTerminal)
            throw new CommandFailedException("cowardly refusing to save to a terminal. Use the -o flag or redirect");
        await using var save = await context.Client.Images.SaveAsync(arguments, cancellationToken);
        await OutputFile.SaveAsync(context, _output.Value, save.Content, cancellationToken);
        return ExitCodes.Success;
    }
}
