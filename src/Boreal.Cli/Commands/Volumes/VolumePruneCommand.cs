using Boreal.Client;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Volumes;

internal sealed class VolumePruneCommand : Command
{
    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<bool> _force;
    private readonly ListFlag _filters;

    public VolumePruneCommand()
    {
        _all = Flags.Switch("all", 'a', "Remove all unused volumes, not just anonymous ones");
        _force = Flags.Switch("force", 'f', "Do not prompt for confirmation");
        _filters = Filters.AddTo(Flags, '\0', "Provide filter values (e.g. \"label=<label>\")");
    }

    public override string Usage => "prune [OPTIONS]";

    public override string Summary => "Remove unused local volumes";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal volume prune -f", "boreal volume prune --all --filter label=scratch"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var which = _all.Value ? "all" : "anonymous";
        if (!_force.Value && !await context.ConfirmAsync($"WARNING! This will remove {which} local volumes not used by at least one container."))
            throw new CommandFailedException("volume prune has been cancelled");
        var filters = Filters.Read(_filters);
        if (_all.Value) filters.Add("all", "true");
        var reclaimed = await PruneAsync(context, filters, cancellationToken);
        await context.Out.WriteLineAsync($"Total reclaimed space: {Units.Size(reclaimed)}");
        return ExitCodes.Success;
    }

    /// <summary>Prunes and lists what went; the room it gave back.</summary>
    public static async Task<long> PruneAsync(CliContext context, FilterQuery filters, CancellationToken cancellationToken)
    {
        var pruned = await context.Client.Volumes.PruneAsync(filters, cancellationToken);
        if (pruned.VolumesDeleted is not { Count: > 0 } deleted) return 0;
        await context.Out.WriteLineAsync("Deleted Volumes:");
        foreach (var name in deleted) await context.Out.WriteLineAsync(name);
        await context.Out.WriteLineAsync();
        return (long)pruned.SpaceReclaimed;
    }
}
