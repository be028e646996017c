using System.Collections.Concurrent;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks.Balancing;
using Boreal.Orchestrator.Balancing;

namespace Boreal.Daemon.Apps;

/// <summary>The engine's kernel balancing as the orchestrator's balancer.</summary>
internal sealed class EngineBalancer(ServiceBalancer balancer) : IBalancer
{
    private readonly ConcurrentDictionary<string, ServiceEndpoints> _applied = new(StringComparer.Ordinal);

    public async Task ApplyAsync(ServiceEndpoints endpoints, CancellationToken cancellationToken)
    {
        await EngineFailures.TellAsync(() => balancer.ApplyAsync(ToSpec(endpoints), cancellationToken));
        _applied[endpoints.Service] = endpoints;
    }

    public async ValueTask<int> CountInFlightAsync(string service, string backend, CancellationToken cancellationToken)
    {
        if (_applied.GetValueOrDefault(service)?.Backends.FirstOrDefault(one => one.TaskId == backend) is not { } found)
            return 0;
        var counts = await EngineFailures.TellAsync(() => balancer.CountConnectionsAsync(service, cancellationToken));
        return counts.GetValueOrDefault(ContainerId.Parse(found.ContainerId));
    }

    public async Task RemoveAsync(string service, CancellationToken cancellationToken)
    {
        await EngineFailures.TellAsync(() => balancer.RemoveAsync(service, cancellationToken));
        _applied.TryRemove(service, out _);
    }

    private static BalanceSpec ToSpec(ServiceEndpoints endpoints) => new()
    {
        Service = endpoints.Service,
        Revision = endpoints.Revision,
        Networks = [.. endpoints.Networks.Select(network => new BalancedNetwork(network.Network, network.HasVirtualAddress, network.Names))],
        Containers = [.. endpoints.Backends.Select(backend => new BalancedContainer(ContainerId.Parse(backend.ContainerId), backend.State is BackendState.Draining))],
        Ports = [.. endpoints.Ports.Select(port => new BalancedPort(port.HostIp, port.Published, new PortSpec(port.Target, port.Protocol)))],
    };
}
