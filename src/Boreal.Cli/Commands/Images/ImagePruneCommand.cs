using Boreal.Client;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Images;

internal sealed class ImagePruneCommand : Command
{
    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<bool> _force;
    private readonly ListFlag _filters;

    public ImagePruneCommand()
    {
        _all = Flags.Switch("all", 'a', "Remove all unused images, not just dangling ones");
        _force = Flags.Switch("force", 'f', "Do not prompt for confirmation");
        _filters = Filters.AddTo(Flags, '\0', "Provide filter values (e.g. \"until=<timestamp>\")");
    }

    public override string Usage => "prune [OPTIONS]";

    public override string Summary => "Remove unused images";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var warning = _all.Value ? "WARNING! This will remove all images without at least one container associated to them." : "WARNING! This will remove all dangling images.";
        if (!_force.Value && !await context.ConfirmAsync(warning)) throw new CommandFailedException("image prune has been cancelled");
        var reclaimed = await PruneAsync(context, _all.Value, Filters.Read(_filters), cancellationToken);
        await context.Out.WriteLineAsync($"Total reclaimed space: {Units.Size(reclaimed)}");
        return ExitCodes.Success;
    }

    /// <summary>Prunes and lists what went; the room it gave back.</summary>
    internal static async Task<long> PruneAsync(CliContext context, bool all, FilterQuery filters, CancellationToken cancellationToken)
    {
        var report = await context.Client.Images.PruneAsync(filters.Add("dangling", all ? "false" : "true"), cancellationToken);
        var deleted = report.Items("ImagesDeleted");
        if (deleted.Count is 0) return 0;
        await context.Out.WriteLineAsync("Deleted Images:");
        foreach (var item in deleted)
            await context.Out.WriteLineAsync(item.Text("Untagged") is { Length: > 0 } name ? $"untagged: {name}" : $"deleted: {item.Text("Deleted")}");
        await context.Out.WriteLineAsync();
        return report.Number("SpaceReclaimed");
    }
}
