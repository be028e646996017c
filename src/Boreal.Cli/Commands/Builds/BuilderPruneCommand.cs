using Boreal.BuildWire.Protocol.Control;
using Boreal.Cli.Building;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Builds;

internal sealed class BuilderPruneCommand : Command
{
    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<bool> _force;
    private readonly ListFlag _filters;
    private readonly ValueFlag<long> _reserved;
    private readonly ValueFlag<long> _keep;
    private readonly ValueFlag<long> _most;
    private readonly ValueFlag<long> _free;
    private readonly ValueFlag<bool> _verbose;

    public BuilderPruneCommand()
    {
        _all = Flags.Switch("all", 'a', "Remove all unused build cache, not just dangling ones");
        _force = Flags.Switch("force", 'f', "Do not prompt for confirmation");
        _filters = CacheFilter.AddTo(Flags);
        _keep = Flags.Add(new ValueFlag<long>("keep-storage", '\0', "Amount of disk space to keep for cache", 0, ByteSize.Parse) { ValueName = "bytes", IsHidden = true });
        _reserved = Flags.Value("reserved-space", '\0', "bytes", "Amount of disk space always allowed to keep for cache", 0L, ByteSize.Parse);
        _most = Flags.Value("max-used-space", '\0', "bytes", "Maximum amount of disk space allowed to keep for cache", 0L, ByteSize.Parse);
        _free = Flags.Value("min-free-space", '\0', "bytes", "Target amount of free disk space after pruning", 0L, ByteSize.Parse);
        _verbose = Flags.Switch("verbose", '\0', "Provide a more verbose output");
    }

    public override string Usage => "prune [OPTIONS]";

    public override string Summary => "Remove build cache";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal builder prune -f", "boreal builder prune -af --filter until=48h", "boreal builder prune -f --max-used-space 10g"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (filter, keepFor) = CacheFilter.Read(_filters.Values, context.Clock);
        var warning = _all.Value ? "WARNING! This will remove all build cache." : "WARNING! This will remove all dangling build cache.";
        if (!_force.Value && !await context.ConfirmAsync(warning)) throw new CommandFailedException("builder prune has been cancelled");
        var request = new PruneRequest
        {
            All = _all.Value,
            KeepDuration = keepFor.Ticks * 100,
            ReservedSpace = Math.Max(_reserved.Value, _keep.Value),
            MaxUsedSpace = _most.Value,
            MinFreeSpace = _free.Value,
        };
        if (filter.Length > 0) request.Filter.Add(filter);
        var removed = new List<UsageRecord>();
        var total = await new Builder(context).PruneAsync(request, removed.Add, cancellationToken);
        await ShowAsync(context, removed);
        await context.Out.WriteLineAsync($"Total:\t{Units.Size(total)}");
        return ExitCodes.Success;
    }

    private async Task ShowAsync(CliContext context, List<UsageRecord> removed)
    {
        if (removed.Count is 0) return;
        var now = context.Clock.GetUtcNow();
        await context.Out.WriteAsync(_verbose.Value
            ? string.Concat(removed.Select(record => TabTable.Align(UsageTable.Details(record), leastWidth: 0)))
            : TabTable.Align(UsageTable.Header + string.Concat(removed.Select(record => UsageTable.Row(record, now)))));
    }
}
