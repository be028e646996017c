using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Compose.Planning;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ScaleCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _noDependencies;

    public ScaleCommand() => _noDependencies = Flags.Switch("no-deps", '\0', "Don't start linked services");

    public override string Usage => "scale [OPTIONS] SERVICE=REPLICAS...";

    public override string Summary => "Scale services";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Examples => ["boreal compose scale web=5"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var scales = ServiceScales.Parse(arguments);
        var scope = await ScopeAsync(context, scales.Keys);
        var kept = await new ProjectObserver(context).ServicesAsync(scope.Name, cancellationToken);
        if (scope.Project is not null && scales.Keys.Any(service => !kept.ContainsKey(service))) return await StartAsync(context, scales, cancellationToken);
        if (IsDryRun)
        {
            foreach (var (service, replicas) in scales) await Steps(context).TellAsync($"Service {service}", $"Scale to {replicas}");
            return ExitCodes.Success;
        }

        var tale = new ContainerTale(Steps(context), await ProjectContainers.ListAsync(context, scope.Name, [], all: true, cancellationToken));
        foreach (var (service, replicas) in scales) await context.Client.Apps.ScaleAsync(scope.Name, service, replicas, cancellationToken);
        await new ConvergenceWait(context, scope.Name, [.. scales.Keys]) { Tale = tale }.RunAsync(cancellationToken);
        await tale.TellRemovedAsync([.. scales.Keys], await ProjectContainers.ListAsync(context, scope.Name, [], all: true, cancellationToken));
        return ExitCodes.Success;
    }

    /// <summary>Services that nobody keeps yet are brought up, with what they need.</summary>
    private async Task<int> StartAsync(CliContext context, IReadOnlyDictionary<string, int> scales, CancellationToken cancellationToken)
    {
        var project = await LoadAsync(context, [.. scales.Keys]);
        var start = new ProjectStart(context, project, Steps(context), new PlanOptions { Scale = scales, Targets = [.. scales.Keys], LeavesNeeded = _noDependencies.Value });
        var plan = await start.PlanAsync(cancellationToken);
        if (IsDryRun) await context.Out.WriteAsync(plan.Print());
        else await start.RunAsync(plan, cancellationToken);
        return ExitCodes.Success;
    }
}
