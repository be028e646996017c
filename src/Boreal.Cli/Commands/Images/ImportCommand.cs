using Boreal.Client.Images;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Images;

internal sealed class ImportCommand : Command
{
    private readonly ListFlag _changes;
    private readonly ValueFlag<string> _message;
    private readonly ValueFlag<string> _platform;

    public ImportCommand()
    {
        _changes = Flags.List("change", 'c', "Apply Dockerfile instruction to the created image");
        _message = Flags.Text("message", 'm', "Set commit message for imported image");
        _platform = Flags.Text("platform", '\0', "Set platform if server is multi-platform capable");
    }

    public override string Usage => "import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]";

    public override string Summary => "Import the contents from a tarball to create a filesystem image";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["image import", "import"];

    public override IReadOnlyList<string> Examples => ["boreal import rootfs.tar.gz debian:bookworm", "boreal import -c 'CMD [\"sh\"]' - busybox < rootfs.tar"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var isUrl = arguments[0].StartsWith("http://", StringComparison.Ordinal) || arguments[0].StartsWith("https://", StringComparison.Ordinal);
        var (repository, tag) = arguments.Count > 1 ? ImageNames.Split(arguments[1]) : ("", "");
        var query = new ImportQuery
        {
            Source = isUrl ? arguments[0] : "-",
            Repository = repository,
            Tag = tag,
            Message = _message.Value,
            Platform = _platform.Value,
            Changes = _changes.Values,
        };
        await using var content = isUrl ? null : InputFile.Open(context, arguments[0]);
        await using var import = await context.Client.Images.ImportAsync(query, content, cancellationToken);
        await new ProgressDisplay(context).ShowAsync(import.Content, cancellationToken);
        return ExitCodes.Success;
    }
}
