using System.Collections.Concurrent;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Errors;

namespace Boreal.Tests.Unit.Orchestrator.Rig;

/// <summary>Remembers what it was told; acknowledges when a test lets it.</summary>
internal sealed class FakeBalancer : IBalancer
{
    public ConcurrentDictionary<string, ServiceEndpoints> Applied { get; } = new();

    public ConcurrentDictionary<string, int> InFlight { get; } = new();

    /// <summary>What an acknowledgement waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>A port that somebody else has; 0: none.</summary>
    public ushort TakenPort { get; set; }

    public async Task ApplyAsync(ServiceEndpoints endpoints, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        if (TakenPort > 0 && endpoints.Ports.Any(port => port.Published == TakenPort))
            throw new AppException(AppErrorKind.Conflict, $"port {TakenPort} is in use");
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
