using Boreal.Client;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Networks;

internal sealed class NetworkPruneCommand : Command
{
    private readonly ValueFlag<bool> _force;
    private readonly ListFlag _filters;

    public NetworkPruneCommand()
    {
        _force = Flags.Switch("force", 'f', "Do not prompt for confirmation");
        _filters = Filters.AddTo(Flags, '\0', "Provide filter values (e.g. \"until=<timestamp>\")");
    }

    public override string Usage => "prune [OPTIONS]";

    public override string Summary => "Remove all unused networks";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal network prune -f --filter until=24h"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (!_force.Value && !await context.ConfirmAsync("WARNING! This will remove all custom networks not used by at least one container."))
            throw new CommandFailedException("network prune has been cancelled");
        await PruneAsync(context, Filters.Read(_filters), cancellationToken);
        return ExitCodes.Success;
    }

    /// <summary>Prunes and lists what went.</summary>
    public static async Task PruneAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken)
    {
        var deleted = await context.Client.Networks.PruneAsync(filters, cancellationToken);
        if (deleted.Count is 0) return;
        await context.Out.WriteLineAsync("Deleted Networks:");
        foreach (var name in deleted) await context.Out.WriteLineAsync(name);
        await context.Out.WriteLineAsync();
    }
}
