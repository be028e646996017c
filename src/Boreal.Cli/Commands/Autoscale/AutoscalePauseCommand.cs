using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Apps;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Autoscale;

internal sealed class AutoscalePauseCommand : Command
{
    public override string Usage => "pause [APP/]SERVICE [[APP/]SERVICE...]";

    public override string Summary => "Leave services at the replicas they have";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["autoscale pause"];

    public override IReadOnlyList<string> Examples => ["boreal autoscale pause shop/web"];

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        EachService.RunAsync(context, arguments, (app, service) => context.Client.Apps.PauseAutoscaleAsync(app, service, cancellationToken), cancellationToken);
}
