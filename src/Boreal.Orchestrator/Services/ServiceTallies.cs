using System.Collections.Concurrent;
using Boreal.Api.Apps;

namespace Boreal.Orchestrator.Services;

/// <summary>Counts what happens to services, from the start of this process on. A service that is gone takes its counts with it.</summary>
public sealed class ServiceTallies
{
    private readonly ConcurrentDictionary<(string Service, TallyKind Kind, string Label), long> _counts = new();

    /// <summary>In no order.</summary>
    public IEnumerable<(string Service, TallyKind Kind, string Label, long Count)> Counts =>
        _counts.Select(count => (count.Key.Service, count.Key.Kind, count.Key.Label, count.Value));

    internal void Add(string service, TallyKind kind, string label) => _counts.AddOrUpdate((service, kind, label), 1, static (_, count) => count + 1);

    /// <summary>Counts what is new.</summary>
    internal void Compare(ServiceView? before, ServiceView after, IEnumerable<string> tasks)
    {
        foreach (var id in tasks)
        {
            if (!after.Tasks.TryGetValue(id, out var task))
                continue;
            var earlier = before?.Tasks.GetValueOrDefault(id);
            if (earlier is null)
                Add(after.Id, TallyKind.TaskMade, task.Task.Cause);
            if (task.Status.State is >= TaskState.Complete and <= TaskState.Rejected && !(earlier?.Status.State >= TaskState.Complete))
                Add(after.Id, TallyKind.TaskEnded, task.Status.State.ToString().ToLowerInvariant());
        }
        if (after.Record.Update is not { } update || before?.Record.Update is { } known && known.State == update.State && known.StartedAt == update.StartedAt)
            return;
        Add(after.Id, TallyKind.Update, update.StateName);
        UpdateSpan.Tell(after.Id, update);
    }

    internal void Forget(string service)
    {
        foreach (var key in _counts.Keys.Where(key => key.Service == service))
            _counts.TryRemove(key, out _);
    }
}
