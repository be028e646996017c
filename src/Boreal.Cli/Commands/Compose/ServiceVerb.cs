using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

/// <summary>
/// <c>start</c>, <c>stop</c> and <c>restart</c> of some or all services. Those that the orchestrator keeps are its to move; what another
/// program made is moved container by container, in the order their labels tell.
/// </summary>
internal sealed class ServiceVerb(CliContext context, ProjectScope scope, ProjectSteps steps)
{
    public async Task RunAsync(string verb, IReadOnlyList<string> asked, int? timeout, CancellationToken cancellationToken)
    {
        var kept = await new ProjectObserver(context).ServicesAsync(scope.Name, cancellationToken);
        var found = await ProjectContainers.OfServicesAsync(context, scope.Name, asked, all: true, cancellationToken);
        var services = asked.Count > 0 ? [.. asked] : kept.Keys.Concat(found.Select(ProjectContainers.ServiceOf)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (scope.Project is null && services.Find(service => !kept.ContainsKey(service) && !found.Any(container => ProjectContainers.ServiceOf(container) == service)) is { } unknown)
            throw new CommandFailedException($"no such service: {unknown}");
        var ours = services.Where(service => kept.TryGetValue(service, out var spec) && !IsRestartedInPlace(verb, spec)).ToList();
        var others = found.Where(container => !ours.Contains(ProjectContainers.ServiceOf(container)) && services.Contains(ProjectContainers.ServiceOf(container))).ToList();
        if (verb is "start" && asked.FirstOrDefault(service => !kept.ContainsKey(service) && !others.Exists(container => ProjectContainers.ServiceOf(container) == service)) is { } missing)
            throw new CommandFailedException($"service \"{missing}\" has no container to start");
        await MoveKeptAsync(verb, ours, found, timeout, cancellationToken);
        foreach (var layer in ContainerLayers.Of(others, isReversed: verb is "stop")) await Task.WhenAll(layer.Select(container => MoveAsync(verb, container, timeout, cancellationToken)));
    }

    private async Task MoveKeptAsync(string verb, List<string> services, IReadOnlyList<ContainerSummary> found, int? timeout, CancellationToken cancellationToken)
    {
        if (services.Count is 0) return;
        var (doing, done) = Words(verb);
        var moved = found.Where(container => services.Contains(ProjectContainers.ServiceOf(container)) && (container.State is "running") == (verb is not "start"))
            .Select(container => $"Container {ProjectContainers.Name(container)}").ToList();
        foreach (var container in moved) await steps.TellAsync(container, doing);
        if (!steps.IsDry)
        {
            var apps = context.Client.Apps;
            await Task.WhenAll(services.Select(service => verb switch
            {
                "start" => apps.StartAsync(scope.Name, service, cancellationToken),
                "stop" => apps.StopAsync(scope.Name, service, timeout, cancellationToken),
                _ => apps.RestartAsync(scope.Name, service, cancellationToken),
            }));
            await new ConvergenceWait(context, scope.Name, services).RunAsync(cancellationToken);
        }

        foreach (var container in moved) await steps.TellAsync(container, done);
    }

    /// <summary>Containers are restarted as they are, as stock compose does; a service that says how it is to be updated is restarted in that way.</summary>
    private static bool IsRestartedInPlace(string verb, ServiceSpec spec) => verb is "restart" && spec is { Stopped: false, Update.Order: not "start-first", Replicas: 1 };

    private Task MoveAsync(string verb, ContainerSummary container, int? timeout, CancellationToken cancellationToken)
    {
        if ((container.State is "running") == (verb is "start") && verb is not "restart") return Task.CompletedTask;
        var (doing, done) = Words(verb);
        var containers = context.Client.Containers;
        return steps.RunAsync($"Container {ProjectContainers.Name(container)}", doing, done, () => verb switch
        {
            "start" => containers.StartAsync(container.Id, cancellationToken),
            "stop" => containers.StopAsync(container.Id, timeoutSeconds: timeout, cancellationToken: cancellationToken),
            _ => containers.RestartAsync(container.Id, timeoutSeconds: timeout, cancellationToken: cancellationToken),
        });
    }

    private static (string Doing, string Done) Words(string verb) => verb switch
    {
        "start" => ("Starting", "Started"),
        "stop" => ("Stopping", "Stopped"),
        _ => ("Restarting", "Started"),
    };
}
