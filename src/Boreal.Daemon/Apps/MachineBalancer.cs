using System.Collections.Concurrent;
using System.Net;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks.Balancing;
using Boreal.Ingress;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Routes;
using Boreal.Orchestrator.Traffic;

namespace Boreal.Daemon.Apps;

/// <summary>The orchestrator's balancer: the ingress for what speaks HTTP, the engine's kernel balancing for all else. What is applied is in force in both.</summary>
internal sealed class MachineBalancer(ServiceBalancer balancer, IngressHost ingress) : IBalancer
{
    private readonly ConcurrentDictionary<string, ServiceEndpoints> _applied = new(StringComparer.Ordinal);

    public async Task ApplyAsync(ServiceEndpoints endpoints, CancellationToken cancellationToken)
    {
        var hosted = endpoints.Ports.Where(port => HttpPorts.IsHttp(port.Protocol, port.AppProtocol, endpoints.Http)).ToHashSet();
        // A port changes hands: whoever had it lets go first.
        if (ingress.Find() is { } running)
            await running.CloseOthersAsync(endpoints.Service, hosted.Select(port => port.Target).ToHashSet(), cancellationToken);
        var status = await EngineFailures.TellAsync(() => balancer.ApplyAsync(ToSpec(endpoints, hosted), cancellationToken));
        if (hosted.Count > 0 || endpoints.Routes.Count > 0)
            await (await ingress.OpenAsync(cancellationToken)).ApplyAsync(endpoints, PortsOf(status, hosted), cancellationToken);
        else if (ingress.Find() is { } unused)
            await unused.RemoveAsync(endpoints.Service, cancellationToken);
        _applied[endpoints.Service] = endpoints;
    }

    public async ValueTask<int> CountInFlightAsync(string service, string backend, CancellationToken cancellationToken)
    {
        if (_applied.GetValueOrDefault(service)?.Backends.FirstOrDefault(one => one.TaskId == backend) is not { } found)
            return 0;
        var requests = ingress.Find()?.CountInFlight(service, backend) ?? 0;
        var counts = await EngineFailures.TellAsync(() => balancer.CountConnectionsAsync(service, cancellationToken));
        return requests + counts.GetValueOrDefault(ContainerId.Parse(found.ContainerId));
    }

    public async Task RemoveAsync(string service, CancellationToken cancellationToken)
    {
        if (ingress.Find() is { } running)
            await running.RemoveAsync(service, cancellationToken);
        await EngineFailures.TellAsync(() => balancer.RemoveAsync(service, cancellationToken));
        _applied.TryRemove(service, out _);
    }

    public ServiceTraffic? TrafficOf(string service) => ingress.Find()?.TrafficOf(service);

    /// <summary>The engine chose where a port is, where that was left to it.</summary>
    private static IReadOnlyList<IngressPort> PortsOf(BalanceStatus status, HashSet<EndpointPort> hosted) =>
    [
        .. from bound in status.Ports
           where bound.ContainerPort.Protocol is "tcp"
           let asked = hosted.FirstOrDefault(port => port.Target == bound.ContainerPort.Port && (port.Published == 0 || port.Published == bound.HostPort))
           where asked is not null
           select new IngressPort(new IPEndPoint(IPAddress.Parse(bound.HostAddress), bound.HostPort), asked.Target, asked.AppProtocol),
    ];

    private static BalanceSpec ToSpec(ServiceEndpoints endpoints, HashSet<EndpointPort> hosted) => new()
    {
        Service = endpoints.Service,
        Revision = endpoints.Revision,
        Networks = [.. endpoints.Networks.Select(network => new BalancedNetwork(network.Network, network.HasVirtualAddress, network.Names))],
        Containers = [.. endpoints.Backends.Select(backend => new BalancedContainer(ContainerId.Parse(backend.ContainerId), backend.State is BackendState.Draining))],
        Ports = [.. endpoints.Ports.Select(port => new BalancedPort(port.HostIp, port.Published, new PortSpec(port.Target, port.Protocol)) { IsHosted = hosted.Contains(port) })],
    };
}
