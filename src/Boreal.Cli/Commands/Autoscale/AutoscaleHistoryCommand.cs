using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Apps;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Autoscale;

internal sealed class AutoscaleHistoryCommand : Command
{
    public override string Usage => "history [APP/]SERVICE";

    public override string Summary => "Show how a service was scaled, and why";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["autoscale history"];

    public override IReadOnlyList<string> Examples => ["boreal autoscale history shop/web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (app, service) = await ServiceName.ResolveAsync(context.Client.Apps, arguments[0], cancellationToken);
        var history = await context.Client.Apps.HistoryAsync(app, service, cancellationToken);
        var lines = history.Decisions.Where(decision => decision.Action is "scale" or "autoscale").Select(decision => $"{decision.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z\t{decision.Why}\n");
        await context.Out.WriteAsync(TabTable.Align($"DECIDED\tWHY\n{string.Concat(lines)}"));
        return ExitCodes.Success;
    }
}
