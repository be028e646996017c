using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class ContainerPruneCommand : Command
{
    private readonly ValueFlag<bool> _force;
    private readonly ListFlag _filters;

    public ContainerPruneCommand()
    {
        _force = Flags.Switch("force", 'f', "Do not prompt for confirmation");
        _filters = Filters.AddTo(Flags, '\0', "Provide filter values (e.g. \"until=<timestamp>\")");
    }

    public override string Usage => "prune [OPTIONS]";

    public override string Summary => "Remove all stopped containers";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal container prune -f --filter until=24h"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (!_force.Value && !await context.ConfirmAsync("WARNING! This will remove all stopped containers."))
            throw new CommandFailedException("container prune has been cancelled");
        var report = await context.Client.Containers.PruneAsync(Filters.Read(_filters), cancellationToken);
        if (report.ContainersDeleted is { Count: > 0 } deleted)
        {
            await context.Out.WriteLineAsync("Deleted Containers:");
            foreach (var id in deleted) await context.Out.WriteLineAsync(id);
            await context.Out.WriteLineAsync();
        }

        await context.Out.WriteLineAsync($"Total reclaimed space: {Units.Size(report.ContainersDeleted is { Count: > 0 } ? report.SpaceReclaimed : 0)}");
        return ExitCodes.Success;
    }
}
