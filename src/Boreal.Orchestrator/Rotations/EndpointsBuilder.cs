using Boreal.Api.Apps;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Routes;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Rotations;

/// <summary>From a service as it is to what its balancers have to know.</summary>
internal static class EndpointsBuilder
{
    private static readonly string[] NamelessNetworks = ["bridge", "default", "host", "none"];

    /// <summary>With the revision still 0.</summary>
    public static ServiceEndpoints Build(ServiceView service, INode node) => new()
    {
        Service = service.Id,
        App = service.App,
        Name = service.Name,
        Revision = 0,
        Ports = [.. service.Spec.Ports.Where(port => port.Mode is not "host").Select(Port)],
        Networks = Networks(service.Spec),
        Backends = Backends(service, node),
        Routes = HttpLabels.Routes(service.Spec),
        Http = HttpLabels.Settings(service.Spec),
    };

    private static EndpointPort Port(ServicePort port) => new()
    {
        HostIp = port.HostIp,
        Published = ushort.TryParse(port.Published, out var published) ? published : (ushort)0,
        Target = port.Target,
        Protocol = port.Protocol,
        AppProtocol = port.AppProtocol,
    };

    private static IReadOnlyList<EndpointNetwork> Networks(ServiceSpec spec)
    {
        var endpoints = spec.Template.NetworkingConfig?.EndpointsConfig ?? new Dictionary<string, Api.Containers.EndpointSettings?>();
        return
        [
            .. endpoints.Where(pair => !NamelessNetworks.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new EndpointNetwork
            {
                Network = pair.Key,
                HasVirtualAddress = spec.EndpointMode is not "dnsrr",
                Names = [spec.Name, .. (pair.Value?.Aliases ?? []).Where(alias => alias != spec.Name)],
            }),
        ];
    }

    /// <summary>
    /// Tasks that work. Where none does, those that run at all: a service whose only task is starting or sick is reached as it is
    /// on an engine without an orchestrator. Containers that do not run are told too, as draining: they are the service's when they
    /// are started.
    /// </summary>
    private static IReadOnlyList<EndpointBackend> Backends(ServiceView service, INode node)
    {
        var running = service.Tasks.Values
            .Where(task => task.Status is { HasEnded: false, ContainerId.Length: > 0, State: >= TaskState.Starting })
            .Select(task => (Task: task, Container: node.Find(task.Status.ContainerId)))
            .Where(one => one.Container is { Phase: ContainerPhase.Running })
            .OrderBy(one => one.Task.Task.Slot).ThenBy(one => one.Task.Made)
            .ToList();
        var wanted = running.Where(one => one.Task.IsLive && one.Task.Status.DrainingSince is null && !one.Task.IsOver).ToList();
        var working = wanted.Where(one => one.Task is { IsRunning: true, Status.IsUnhealthy: false }).ToList();
        var ready = (working.Count > 0 ? working : wanted).Select(one => one.Task.Task.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. running.Select(one => new EndpointBackend
            {
                TaskId = one.Task.Task.Id,
                ContainerId = one.Task.Status.ContainerId,
                Address = one.Container?.Address ?? "",
                State = ready.Contains(one.Task.Task.Id) ? BackendState.Ready : BackendState.Draining,
            }),
            .. Resting(service, node, running.Select(one => one.Task.Status.ContainerId).ToHashSet(StringComparer.Ordinal)),
        ];
    }

    private static IEnumerable<EndpointBackend> Resting(ServiceView service, INode node, HashSet<string> running) =>
        service.Tasks.Values
            .Where(task => task.Status.ContainerId.Length > 0 && !running.Contains(task.Status.ContainerId) && node.Find(task.Status.ContainerId) is not null)
            .GroupBy(task => task.Status.ContainerId)
            .Select(same => same.MaxBy(task => task.Made) ?? same.First())
            .OrderBy(task => task.Task.Slot).ThenBy(task => task.Made)
            .Select(task => new EndpointBackend { TaskId = task.Task.Id, ContainerId = task.Status.ContainerId, State = BackendState.Draining });
}
