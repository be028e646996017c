using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Commands.Images;
using Boreal.Cli.Commands.Networks;
using Boreal.Cli.Commands.Volumes;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Node;

internal sealed class SystemPruneCommand : Command
{
    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<bool> _force;
    private readonly ListFlag _filters;
    private readonly ValueFlag<bool> _volumes;

    public SystemPruneCommand()
    {
        _all = Flags.Switch("all", 'a', "Remove all unused images not just dangling ones");
        _force = Flags.Switch("force", 'f', "Do not prompt for confirmation");
        _filters = Filters.AddTo(Flags, '\0', "Provide filter values (e.g. \"label=<key>=<value>\")");
        _volumes = Flags.Switch("volumes", '\0', "Prune anonymous volumes");
    }

    public override string Usage => "prune [OPTIONS]";

    public override string Summary => "Remove unused data";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal system prune -f", "boreal system prune -a --volumes", "boreal system prune --filter until=24h"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (!_force.Value && !await context.ConfirmAsync(Question())) throw new CommandFailedException("system prune has been cancelled");
        var reclaimed = await ContainerPruneCommand.PruneAsync(context, Filters.Read(_filters), cancellationToken);
        await NetworkPruneCommand.PruneAsync(context, Filters.Read(_filters), cancellationToken);
        if (_volumes.Value) reclaimed += await VolumePruneCommand.PruneAsync(context, Filters.Read(_filters), cancellationToken);
        reclaimed += await ImagePruneCommand.PruneAsync(context, _all.Value, Filters.Read(_filters), cancellationToken);
        await context.Out.WriteLineAsync($"Total reclaimed space: {Units.Size(reclaimed)}");
        return ExitCodes.Success;
    }

    private string Question()
    {
        var images = _all.Value ? "all images without at least one container associated to them" : "all dangling images";
        var volumes = _volumes.Value ? "  - all anonymous volumes not used by at least one container\n" : "";
        var filters = _filters.Values.Count > 0
            ? $"\n  Items to be pruned will be filtered with:\n{string.Concat(_filters.Values.Order(StringComparer.Ordinal).Select(filter => $"  - {filter}\n"))}" : "";
        return $"WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n{volumes}  - {images}\n{filters}";
    }
}
