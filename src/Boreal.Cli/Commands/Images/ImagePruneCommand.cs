using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Client;

namespace Boreal.Cli.Commands.Images;

internal sealed class ImagePruneCommand : PruneCommand
{
    private readonly ValueFlag<bool> _all;

    public ImagePruneCommand()
        : base("image", "until=<timestamp>") => _all = Flags.Switch("all", 'a', "Remove all unused images, not just dangling ones");

    public override string Summary => "Remove unused images";

    protected override string Target => _all.Value ? "all images without at least one container associated to them" : "all dangling images";

    /// <summary>Prunes and lists what went; the room it gave back.</summary>
    public static async Task<long> PruneAsync(CliContext context, bool all, FilterQuery filters, CancellationToken cancellationToken)
    {
        var report = await context.Client.Images.PruneAsync(filters.Add("dangling", all ? "false" : "true"), cancellationToken);
        var deleted = report.Items("ImagesDeleted");
        if (deleted.Count is 0) return 0;
        await ListAsync(context, "Deleted Images:", deleted.Select(item => item.Text("Untagged") is { Length: > 0 } name ? $"untagged: {name}" : $"deleted: {item.Text("Deleted")}"));
        return report.Number("SpaceReclaimed");
    }

    protected override async Task<long?> RemoveAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken) =>
        await PruneAsync(context, _all.Value, filters, cancellationToken);
}
