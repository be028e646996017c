using Boreal.Cli.Building;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Builds;

internal sealed class BuilderUsageCommand : Command
{
    private readonly ListFlag _filters;
    private readonly ValueFlag<bool> _verbose;

    public BuilderUsageCommand()
    {
        _filters = CacheFilter.AddTo(Flags);
        _verbose = Flags.Switch("verbose", '\0', "Provide a more verbose output");
    }

    public override string Usage => "du [OPTIONS]";

    public override string Summary => "List the build cache";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal builder du", "boreal builder du --verbose --filter type=exec.cachemount"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (filter, _) = CacheFilter.Read(_filters.Values, context.Clock);
        var records = (await new Builder(context).ListAsync(filter, cancellationToken)).Record;
        var now = context.Clock.GetUtcNow();
        await context.Out.WriteAsync(_verbose.Value
            ? string.Concat(records.Select(record => TabTable.Align(UsageTable.Details(record), leastWidth: 0)))
            : TabTable.Align(UsageTable.Header + string.Concat(records.Select(record => UsageTable.Row(record, now)))));
        await context.Out.WriteAsync(TabTable.Align(UsageTable.Totals(records)));
        return ExitCodes.Success;
    }
}
