using Boreal.Orchestrator.Traffic;

namespace Boreal.Orchestrator.Balancing;

/// <summary>
/// Who spreads connections and requests over the tasks of services. The orchestrator says what is so; a balancer does not
/// look for itself.
/// </summary>
public interface IBalancer
{
    /// <summary>
    /// Completes when the rules of this revision are in force everywhere: from then on no new connection and no new request
    /// reaches a backend that is not <see cref="BackendState.Ready"/>, and names resolve to no other. Connections and requests
    /// that a draining backend has go on. Revisions of a service come in order; the newest one counts.
    /// </summary>
    Task ApplyAsync(ServiceEndpoints endpoints, CancellationToken cancellationToken);

    /// <summary>Connections and requests that a backend is busy with now.</summary>
    /// <param name="service">As in <see cref="ServiceEndpoints.Service"/>.</param>
    /// <param name="backend">The task's id.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    ValueTask<int> CountInFlightAsync(string service, string backend, CancellationToken cancellationToken);

    /// <summary>Forgets a service: its ports are closed, its address and names are gone. No error when it is not known.</summary>
    Task RemoveAsync(string service, CancellationToken cancellationToken);

    /// <summary>What is seen of a service's requests; null when nobody looks into them.</summary>
    ServiceTraffic? TrafficOf(string service) => null;
}
