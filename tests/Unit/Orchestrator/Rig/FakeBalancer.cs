using System.Collections.Concurrent;
using Boreal.Orchestrator.Balancing;

namespace Boreal.Tests.Unit.Orchestrator.Rig;

/// <summary>Remembers what it was told; acknowledges when a test lets it.</summary>
internal sealed class FakeBalancer : IBalancer
{
    public ConcurrentDictionary<string, ServiceEndpoints> Applied { get; } = new();

    public ConcurrentDictionary<string, int> InFlight { get; } = new();

    /// <summary>What an acknowledgement waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task ApplyAsync(ServiceEndpoints endpoints, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        Applied[endpoints.Service] = endpoints;
    }

    public ValueTask<int> CountInFlightAsync(string service, string backend, CancellationToken cancellationToken) =>
        new(InFlight.GetValueOrDefault(Applied[service].Backends.First(one => one.TaskId == backend).ContainerId));

    public Task RemoveAsync(string service, CancellationToken cancellationToken)
    {
        Applied.TryRemove(service, out _);
        return Task.CompletedTask;
    }

    /// <summary>Containers of a service in one state, in order.</summary>
    public IReadOnlyList<string> Backends(string service, BackendState state) =>
        Applied.TryGetValue(service, out var endpoints) ? [.. endpoints.Backends.Where(one => one.State == state).Select(one => one.ContainerId)] : [];
}
