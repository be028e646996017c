using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Rotations;
using Boreal.Orchestrator.Store;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Services;

/// <summary>
/// The store's content as objects, kept up to date by one writer. Readers take a service's view, which never changes; it may be a moment
/// old, which the comparisons of a transaction find out.
/// </summary>
public sealed class AppsView
{
    private readonly ConcurrentDictionary<string, ServiceView> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Parts> _parts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, List<TaskCompletionSource>> _waiting = [];
    private long _revision;

    /// <summary>What has happened to services since the view began.</summary>
    public ServiceTallies Tallies { get; } = new();

    /// <summary>In no order.</summary>
    public IEnumerable<ServiceView> Services => _services.Values;

    public ServiceView? Find(string service) => _services.GetValueOrDefault(service);

    /// <summary>The services of an app, by name.</summary>
    public IReadOnlyList<ServiceView> App(string app) =>
        [.. _services.Values.Where(service => service.App == app).OrderBy(service => service.Name, StringComparer.Ordinal)];

    /// <summary>Completes when the view has the store's revision.</summary>
    public Task ReachAsync(long revision, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_revision >= revision)
                return Task.CompletedTask;
            if (!_waiting.TryGetValue(revision, out var list))
                _waiting[revision] = list = [];
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            list.Add(signal);
            return signal.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Begins anew with a list.</summary>
    internal void Load(StoredList list)
    {
        _parts.Clear();
        foreach (var entry in list.Entries)
            Apply(entry.Key, entry);
        foreach (var known in _services.Keys)
            _services.TryRemove(known, out _);
        foreach (var service in _parts.Keys.ToList())
            Publish(service, isNews: false);
        Announce(list.Revision);
    }

    /// <summary>Takes in a transaction.</summary>
    /// <returns>The services that it changed.</returns>
    internal IReadOnlyCollection<string> Apply(StoreChanges changes)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in changes.Changes)
        {
            if (Apply(change.Key, change.Entry) is { } service)
                touched.Add(service);
        }
        foreach (var service in touched)
            Publish(service, isNews: true);
        Announce(changes.Revision);
        return touched;
    }

    private string? Apply(string key, StoredEntry? entry)
    {
        if (!ServiceKeys.TryParse(key, out var kind, out var service, out var rest))
            return null;
        if (!_parts.TryGetValue(service, out var parts))
            _parts[service] = parts = new Parts();
        switch (kind)
        {
            case ServiceKeys.Services:
                parts.Record = entry is null ? null : Read(entry, RecordsJsonContext.Default.ServiceRecord);
                parts.RecordRevision = entry?.ModRevision ?? 0;
                break;
            case ServiceKeys.Specs:
                parts.Spec = entry is null ? null : Read(entry, AppsJsonContext.Default.ServiceSpec);
                break;
            case ServiceKeys.Revisions:
                parts.Revisions = entry is null ? parts.Revisions.Remove(long.Parse(rest)) : parts.Revisions.SetItem(long.Parse(rest), Read(entry, AppsJsonContext.Default.ServiceSpec));
                break;
            case ServiceKeys.Tasks:
                parts.Tasks = entry is null ? parts.Tasks.Remove(rest) : parts.Tasks.SetItem(rest, (Read(entry, RecordsJsonContext.Default.ServiceTask), entry.CreateRevision, entry.ModRevision));
                parts.Touched.Add(rest);
                break;
            case ServiceKeys.Statuses:
                parts.Statuses = entry is null ? parts.Statuses.Remove(rest) : parts.Statuses.SetItem(rest, (Read(entry, RecordsJsonContext.Default.ServiceTaskStatus), entry.ModRevision));
                parts.Touched.Add(rest);
                break;
            case ServiceKeys.Rotations:
                parts.Rotation = entry is null ? null : Read(entry, RecordsJsonContext.Default.RotationRecord);
                break;
            case ServiceKeys.Decisions:
                parts.Decisions = entry is null ? new DecisionList() : Read(entry, RecordsJsonContext.Default.DecisionList);
                break;
            default:
                return null;
        }
        return service;
    }

    private void Publish(string service, bool isNews)
    {
        var parts = _parts[service];
        if (parts.Record is not { } record || parts.Spec is not { } spec)
        {
            _services.TryRemove(service, out _);
            Tallies.Forget(service);
            if (parts.IsEmpty)
                _parts.Remove(service);
            return;
        }
        var before = _services.GetValueOrDefault(service);
        var tasks = before?.Tasks ?? ImmutableDictionary<string, TaskView>.Empty;
        if (before is null)
            parts.Touched.UnionWith(parts.Tasks.Keys);
        foreach (var id in parts.Touched)
            tasks = parts.Tasks.TryGetValue(id, out var task) ? tasks.SetItem(id, View(task, parts.Statuses.GetValueOrDefault(id))) : tasks.Remove(id);
        var after = new ServiceView
        {
            Id = service,
            Record = record,
            RecordRevision = parts.RecordRevision,
            Spec = spec,
            Revisions = parts.Revisions,
            Tasks = tasks,
            Rotation = parts.Rotation,
            Decisions = parts.Decisions,
        };
        if (isNews)
            Tallies.Compare(before, after, parts.Touched);
        parts.Touched.Clear();
        _services[service] = after;
    }

    private static TaskView View((ServiceTask Task, long Made, long Revision) task, (ServiceTaskStatus? Status, long Revision) status) =>
        new(task.Task, task.Made, task.Revision, status.Status ?? new ServiceTaskStatus { Since = task.Task.CreatedAt }, status.Revision);

    private void Announce(long revision)
    {
        List<TaskCompletionSource> reached = [];
        lock (_lock)
        {
            _revision = revision;
            while (_waiting.Count > 0 && _waiting.First() is var first && first.Key <= revision)
            {
                reached.AddRange(first.Value);
                _waiting.Remove(first.Key);
            }
        }
        reached.ForEach(signal => signal.TrySetResult());
    }

    private static T Read<T>(StoredEntry entry, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(entry.Value.Span, type) ?? throw new InvalidDataException($"the stored value of '{entry.Key}' is null");

    private sealed class Parts
    {
        public ServiceRecord? Record { get; set; }

        public long RecordRevision { get; set; }

        public ServiceSpec? Spec { get; set; }

        public ImmutableDictionary<long, ServiceSpec> Revisions { get; set; } = ImmutableDictionary<long, ServiceSpec>.Empty;

        public ImmutableDictionary<string, (ServiceTask Task, long Made, long Revision)> Tasks { get; set; } = ImmutableDictionary<string, (ServiceTask, long, long)>.Empty;

        public ImmutableDictionary<string, (ServiceTaskStatus? Status, long Revision)> Statuses { get; set; } = ImmutableDictionary<string, (ServiceTaskStatus?, long)>.Empty;

        public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

        public RotationRecord? Rotation { get; set; }

        public DecisionList Decisions { get; set; } = new();

        public bool IsEmpty => Record is null && Spec is null && Revisions.IsEmpty && Tasks.IsEmpty && Statuses.IsEmpty && Rotation is null && Decisions.Decisions.Count == 0;
    }
}
