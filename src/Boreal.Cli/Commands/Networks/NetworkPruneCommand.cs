using Boreal.Cli.Session;
using Boreal.Client;

namespace Boreal.Cli.Commands.Networks;

internal sealed class NetworkPruneCommand() : PruneCommand("network", "until=<timestamp>")
{
    public override string Summary => "Remove all unused networks";

    public override IReadOnlyList<string> Examples => ["boreal network prune -f --filter until=24h"];

    protected override string Target => "all custom networks not used by at least one container";

    /// <summary>Prunes and lists what went.</summary>
    public static async Task PruneAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken)
    {
        var deleted = await context.Client.Networks.PruneAsync(filters, cancellationToken);
        if (deleted.Count > 0) await ListAsync(context, "Deleted Networks:", deleted);
    }

    protected override async Task<long?> RemoveAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken)
    {
        await PruneAsync(context, filters, cancellationToken);
        return null;
    }
}
