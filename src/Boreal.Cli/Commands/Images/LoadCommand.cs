using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Images;

internal sealed class LoadCommand : Command
{
    private readonly ValueFlag<string> _input;
    private readonly ValueFlag<bool> _quiet;

    public LoadCommand()
    {
        _input = Flags.Text("input", 'i', "Read from tar archive file, instead of STDIN");
        _quiet = Flags.Switch("quiet", 'q', "Suppress the load output");
    }

    public override string Usage => "load [OPTIONS]";

    public override string Summary => "Load an image from a tar archive or STDIN";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Aliases => ["image load", "load"];

    public override IReadOnlyList<string> Examples => ["boreal load -i images.tar", "docker save web | boreal load"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (_input.Value.Length is 0 && context.Terminal.InputIsTerminal) throw new CommandFailedException("requested load from stdin, but stdin is empty");
        await using var archive = InputFile.Open(context, _input.Value.Length > 0 ? _input.Value : "-");
        var quiet = _quiet.Value || !context.Terminal.OutputIsTerminal;
        await using var load = await context.Client.Images.LoadAsync(archive, quiet, cancellationToken);
        if (load.ContentType.StartsWith("application/json", StringComparison.Ordinal)) await new ProgressDisplay(context).ShowAsync(load.Content, cancellationToken);
        else await load.Content.CopyToAsync(context.OutStream, cancellationToken);
        return ExitCodes.Success;
    }
}
