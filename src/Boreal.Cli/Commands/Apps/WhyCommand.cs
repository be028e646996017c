using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Apps;

internal sealed class WhyCommand : Command
{
    public override string Usage => "why [APP/]SERVICE";

    public override string Summary => "Explain why a service is as it is";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Examples => ["boreal why web", "boreal why shop/web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (app, service) = await ServiceName.ResolveAsync(context.Client.Apps, arguments[0], cancellationToken);
        var report = await context.Client.Apps.WhyAsync(app, service, cancellationToken);
        await context.Out.WriteLineAsync($"{app}/{service}: {report.Summary}");
        foreach (var reason in report.Reasons)
            await context.Out.WriteLineAsync($"  {reason}");
        if (report.Decisions.Count > 0)
            await context.Out.WriteLineAsync("last decisions:");
        foreach (var decision in report.Decisions)
            await context.Out.WriteLineAsync($"  {decision.At.UtcDateTime:HH:mm:ss}Z {decision.Action}{(decision.Slot > 0 ? $" slot {decision.Slot}" : "")}: {decision.Why}");
        return ExitCodes.Success;
    }
}
