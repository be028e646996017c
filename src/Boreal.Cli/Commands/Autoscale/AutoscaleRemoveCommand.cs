using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Apps;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Autoscale;

internal sealed class AutoscaleRemoveCommand : Command
{
    public override string Usage => "rm [APP/]SERVICE [[APP/]SERVICE...]";

    public override string Summary => "Let services no longer scale by themselves";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["autoscale rm"];

    public override IReadOnlyList<string> Examples => ["boreal autoscale rm shop/web"];

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        EachService.RunAsync(context, arguments, (app, service) => context.Client.Apps.SetAutoscaleAsync(app, service, null, cancellationToken), cancellationToken);
}
