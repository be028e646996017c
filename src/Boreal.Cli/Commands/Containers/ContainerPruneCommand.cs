using Boreal.Cli.Session;
using Boreal.Client;

namespace Boreal.Cli.Commands.Containers;

internal sealed class ContainerPruneCommand() : PruneCommand("container", "until=<timestamp>")
{
    public override string Summary => "Remove all stopped containers";

    public override IReadOnlyList<string> Examples => ["boreal container prune -f --filter until=24h"];

    protected override string Target => "all stopped containers";

    /// <summary>Prunes and lists what went; the room it gave back.</summary>
    public static async Task<long> PruneAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken)
    {
        var report = await context.Client.Containers.PruneAsync(filters, cancellationToken);
        if (report.ContainersDeleted is not { Count: > 0 } deleted) return 0;
        await ListAsync(context, "Deleted Containers:", deleted);
        return (long)report.SpaceReclaimed;
    }

    protected override async Task<long?> RemoveAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken) =>
        await PruneAsync(context, filters, cancellationToken);
}
