using System.Collections.Concurrent;
using System.Text.Json;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Store;

namespace Boreal.Orchestrator.Rotations;

/// <summary>
/// Tells the balancer who is behind a service, and writes down what it has acknowledged: the tasks that drain wait for that. What is in
/// force is told once again after a start, because nobody knows then.
/// </summary>
internal sealed class RotationAgent(IStateStore store, AppsView view, INode node, IBalancer balancer)
{
    private readonly ConcurrentDictionary<string, string> _applied = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<EndpointPort>> _ports = new(StringComparer.Ordinal);

    /// <summary>Why the balancer refuses, as long as it does; null when it does not.</summary>
    public string? FailureOf(string service) => _failures.GetValueOrDefault(service);

    public async Task RunAsync(string service, CancellationToken cancellationToken)
    {
        while (view.Find(service) is { } known)
        {
            if (known.Record.Removing && known.Tasks.IsEmpty)
            {
                await ForgetAsync(known, cancellationToken);
                return;
            }
            if (known.Rotation is null)
            {
                // Before the balancer hears of it: whatever it has in force is known to be there, and taken away again.
                await TryWriteAsync(known, new RotationRecord { Revision = 0 }, cancellationToken);
                continue;
            }
            if (IsOnlyWaitedFor(known))
                return;
            var endpoints = EndpointsBuilder.Build(known, node);
            var text = $"{EndpointsText.Of(endpoints)} {string.Join(' ', DrainingOf(known, endpoints))}";
            if (_applied.GetValueOrDefault(service) == text)
                return;
            await ApplyAsync(known, endpoints, cancellationToken);
            _applied[service] = text;
        }
        _applied.TryRemove(service, out _);
        _failures.TryRemove(service, out _);
        _ports.TryRemove(service, out _);
    }

    /// <summary>All of a service that goes drains, and the balancer knows: what ends of it then is told with the whole.</summary>
    private bool IsOnlyWaitedFor(ServiceView service) =>
        service is { Record.Removing: true, Rotation: { Revision: > 0, Ready.Count: 0 } rotation } && _applied.ContainsKey(service.Id)
        && service.Tasks.Values.All(task => task.Status.HasEnded || rotation.Draining.Contains(task.Task.Id));

    private async Task ApplyAsync(ServiceView service, ServiceEndpoints endpoints, CancellationToken cancellationToken)
    {
        var revised = endpoints with { Revision = (service.Rotation?.Revision ?? 0) + 1 };
        try
        {
            await balancer.ApplyAsync(revised, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failures[service.Id] = exception.Message;
            _applied.TryRemove(service.Id, out _);
            if (exception is AppException && _ports.TryGetValue(service.Id, out var before) && !before.SequenceEqual(endpoints.Ports))
                await LetLeaveAsync(service, revised with { Ports = before }, cancellationToken);
            throw;
        }
        _failures.TryRemove(service.Id, out _);
        _ports[service.Id] = endpoints.Ports;
        await WriteAsync(service.Id, RecordOf(service, revised), cancellationToken);
    }

    /// <summary>A port that cannot be had keeps nobody from leaving: with the ports of before, who drains gets nothing new. Who comes waits for the new ones.</summary>
    private async Task LetLeaveAsync(ServiceView service, ServiceEndpoints endpoints, CancellationToken cancellationToken)
    {
        await balancer.ApplyAsync(endpoints, cancellationToken);
        var record = RecordOf(service, endpoints);
        record = record with { Ready = [.. record.Ready.Where(task => service.Rotation?.Ready.Contains(task) == true)] };
        // Written, it is looked at once more; the same again would go on without end.
        if (service.Rotation is not { } known || !known.Ready.SequenceEqual(record.Ready) || !known.Draining.SequenceEqual(record.Draining))
            await WriteAsync(service.Id, record, cancellationToken);
    }

    private static RotationRecord RecordOf(ServiceView service, ServiceEndpoints endpoints) => new()
    {
        Revision = endpoints.Revision,
        Ready = [.. endpoints.Backends.Where(backend => backend.State is BackendState.Ready).Select(backend => backend.TaskId)],
        Draining = [.. DrainingOf(service, endpoints)],
    };

    private static IEnumerable<string> DrainingOf(ServiceView service, ServiceEndpoints endpoints) =>
        endpoints.Backends.Select(backend => backend.TaskId).Where(id => service.Tasks.GetValueOrDefault(id)?.Status.DrainingSince is not null);

    /// <summary>The service may change while the balancer works: what it acknowledged stands all the same. A service that is gone gets none.</summary>
    private async Task WriteAsync(string service, RotationRecord record, CancellationToken cancellationToken)
    {
        while (view.Find(service) is { } known)
        {
            if (await TryWriteAsync(known, record, cancellationToken))
                return;
        }
    }

    private async Task<bool> TryWriteAsync(ServiceView service, RotationRecord record, CancellationToken cancellationToken)
    {
        var written = await store.CommitAsync(
            new StoreTransaction()
                .Expect(ServiceKeys.Record(service.Id), service.RecordRevision)
                .Put(ServiceKeys.Rotation(service.Id), JsonSerializer.SerializeToUtf8Bytes(record, RecordsJsonContext.Default.RotationRecord)),
            cancellationToken);
        await view.ReachAsync(written.Revision, cancellationToken);
        return written.IsCommitted;
    }

    private async Task ForgetAsync(ServiceView service, CancellationToken cancellationToken)
    {
        await balancer.RemoveAsync(service.Id, cancellationToken);
        _applied.TryRemove(service.Id, out _);
        _ports.TryRemove(service.Id, out _);
        if (service.Rotation is null)
            return;
        var written = await store.CommitAsync(new StoreTransaction().Delete(ServiceKeys.Rotation(service.Id)), cancellationToken);
        await view.ReachAsync(written.Revision, cancellationToken);
    }
}
