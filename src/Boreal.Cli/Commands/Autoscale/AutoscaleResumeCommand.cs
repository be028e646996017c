using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Apps;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Autoscale;

internal sealed class AutoscaleResumeCommand : Command
{
    public override string Usage => "resume [APP/]SERVICE [[APP/]SERVICE...]";

    public override string Summary => "Let services scale by themselves again";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["autoscale resume"];

    public override IReadOnlyList<string> Examples => ["boreal autoscale resume shop/web"];

    public override Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        EachService.RunAsync(context, arguments, (app, service) => context.Client.Apps.ResumeAutoscaleAsync(app, service, cancellationToken), cancellationToken);
}
