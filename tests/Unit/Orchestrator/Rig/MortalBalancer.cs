using Boreal.Orchestrator.Balancing;

namespace Boreal.Tests.Unit.Orchestrator.Rig;

/// <summary>A balancer as a process sees it: what it tells is an act of its life. What is in force outlives the process.</summary>
internal sealed class MortalBalancer(IBalancer balancer, Lifetime life) : IBalancer
{
    public Task ApplyAsync(ServiceEndpoints endpoints, CancellationToken cancellationToken) => life.ActAsync(() => balancer.ApplyAsync(endpoints, cancellationToken));

    public ValueTask<int> CountInFlightAsync(string service, string backend, CancellationToken cancellationToken) =>
        balancer.CountInFlightAsync(service, backend, cancellationToken);

    public Task RemoveAsync(string service, CancellationToken cancellationToken) => life.ActAsync(() => balancer.RemoveAsync(service, cancellationToken));
}
