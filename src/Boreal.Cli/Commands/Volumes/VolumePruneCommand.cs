using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Client;

namespace Boreal.Cli.Commands.Volumes;

internal sealed class VolumePruneCommand : PruneCommand
{
    private readonly ValueFlag<bool> _all;

    public VolumePruneCommand()
        : base("volume", "label=<label>") => _all = Flags.Switch("all", 'a', "Remove all unused volumes, not just anonymous ones");

    public override string Summary => "Remove unused local volumes";

    public override IReadOnlyList<string> Examples => ["boreal volume prune -f", "boreal volume prune --all --filter label=scratch"];

    protected override string Target => $"{(_all.Value ? "all" : "anonymous")} local volumes not used by at least one container";

    /// <summary>Prunes and lists what went; the room it gave back.</summary>
    public static async Task<long> PruneAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken)
    {
        var pruned = await context.Client.Volumes.PruneAsync(filters, cancellationToken);
        if (pruned.VolumesDeleted is not { Count: > 0 } deleted) return 0;
        await ListAsync(context, "Deleted Volumes:", deleted);
        return (long)pruned.SpaceReclaimed;
    }

    protected override async Task<long?> RemoveAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken) =>
        await PruneAsync(context, _all.Value ? filters.Add("all", "true") : filters, cancellationToken);
}
