using System.Globalization;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Apps;

internal sealed class AppHistoryCommand : Command
{
    public override string Usage => "history [APP/]SERVICE";

    public override string Summary => "Show the revisions of a service and what was decided about it";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["app history"];

    public override IReadOnlyList<string> Examples => ["boreal app history shop/web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (app, service) = await ServiceName.ResolveAsync(context.Client.Apps, arguments[0], cancellationToken);
        var history = await context.Client.Apps.HistoryAsync(app, service, cancellationToken);
        var revisions = history.Revisions.Select(revision =>
            $"{revision.Revision}{(revision.IsCurrent ? " *" : "")}\t{Time(revision.At)}\t{revision.Image}\t{string.Join(", ", revision.Changes)}\n");
        await context.Out.WriteAsync(TabTable.Align($"REVISION\tASKED\tIMAGE\tCHANGES\n{string.Concat(revisions)}"));
        await context.Out.WriteLineAsync();
        var decisions = history.Decisions.Select(decision =>
            $"{Time(decision.At)}\t{decision.Action}\t{(decision.Slot == 0 ? "" : $"{decision.Slot}")}\t{decision.Why}\n");
        await context.Out.WriteAsync(TabTable.Align($"DECIDED\tACTION\tSLOT\tWHY\n{string.Concat(decisions)}"));
        return ExitCodes.Success;
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
