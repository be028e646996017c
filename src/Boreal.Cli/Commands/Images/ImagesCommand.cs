using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Images;

internal sealed class ImagesCommand : Command
{
    private const string Plain = "table {{.Repository}}\\t{{.Tag}}\\t{{.ID}}\\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\\t{{.Size}}";
    private const string WithDigest = "table {{.Repository}}\\t{{.Tag}}\\t{{.Digest}}\\t{{.ID}}\\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\\t{{.Size}}";

    private static readonly string[] GroupVerbs = ["build", "history", "import", "inspect", "list", "load", "ls", "prune", "pull", "push", "rm", "save", "tag"];

    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<bool> _digests;
    private readonly ListFlag _filters;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _noTruncate;
    private readonly ValueFlag<bool> _quiet;

    public ImagesCommand()
    {
        _all = Flags.Switch("all", 'a', "Show all images (default hides intermediate images)");
        _digests = Flags.Switch("digests", '\0', "Show digests");
        _filters = Filters.AddTo(Flags, 'f', "Filter output based on conditions provided");
        _format = Flags.Add(FormatOption.Create());
        _noTruncate = Flags.Switch("no-trunc", '\0', "Don't truncate output");
        _quiet = Flags.Switch("quiet", 'q', "Only show image IDs");
    }

    public override string Usage => "images [OPTIONS] [REPOSITORY[:TAG]]";

    public override string Summary => "List images";

    public override ArgumentCount Arguments => new(0, 1);

    public override IReadOnlyList<string> Aliases => ["image ls", "image list", "images"];

    public override IReadOnlyList<string> Examples => ["boreal images busybox", "boreal images -q --filter dangling=true", "boreal images --format '{{.Repository}}:{{.Tag}} {{.Size}}'"];

    public override string ArgumentNoun => "image";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var filters = Filters.Read(_filters);
        if (arguments.Count > 0) filters.Add("reference", arguments[0]);
        var format = _format.Value.Length > 0 || _quiet.Value ? _format.Value : context.Configuration.ImagesFormat;
        format = Format(format);
        var needsDigest = _digests.Value || format.Contains("{{.Digest}}", StringComparison.Ordinal);
        var images = await context.Client.Images.ListAsync(_all.Value, needsDigest, filters, cancellationToken);
        if (arguments is [var name] && images.GetArrayLength() is 0 && GroupVerbs.Contains(name, StringComparer.Ordinal) && context.CommandPath is HelpWriter.Program + " images")
            await context.Error.WriteLineAsync($"\nNo images found matching \"{name}\": did you mean \"{HelpWriter.Program} image {name}\"?");
        var rows = images.Items().SelectMany(image => ImageRow.Of(image, needsDigest, _digests.Value));
        await new Listing(ImageRow.Columns(!_noTruncate.Value, context.Clock), format).WriteAsync(context, rows, _digests.Value ? WithDigest : Plain);
        return ExitCodes.Success;
    }

    private string Format(string format)
    {
        if (format is "" or "table") return _quiet.Value ? "{{.ID}}" : format;
        if (format is not "raw")
            return format.StartsWith("table", StringComparison.Ordinal) && _digests.Value && !format.Contains("{{.Digest}}", StringComparison.Ordinal) ? format + "\t{{.Digest}}" : format;
        if (_quiet.Value) return "image_id: {{.ID}}";
        return $"repository: {{{{ .Repository }}}}\ntag: {{{{.Tag}}}}\n{(_digests.Value ? "digest: {{.Digest}}\n" : "")}image_id: {{{{.ID}}}}\ncreated_at: {{{{.CreatedAt}}}}\nvirtual_size: {{{{.Size}}}}\n";
    }
}
