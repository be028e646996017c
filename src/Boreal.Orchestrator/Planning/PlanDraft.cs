using Boreal.Api.Apps;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Planning;

/// <summary>A plan in the making: every stage sees what the ones before it have decided.</summary>
internal sealed class PlanDraft
{
    private readonly Func<string, ServiceView?> _find;
    private readonly Func<string> _newId;
    private readonly SortedDictionary<int, SlotDraft> _slots = [];
    private readonly Dictionary<string, ServiceTask> _puts = new(StringComparer.Ordinal);
    private readonly List<string> _deletes = [];
    private readonly List<AppDecision> _decisions = [];
    private ServiceRecord _record;
    private ServiceSpec _spec;
    private DateTimeOffset? _wakeAt;
    private bool _forget;

    /// <param name="service">As it is.</param>
    /// <param name="find">Another service of the same app by name; null when there is none.</param>
    /// <param name="now">The present.</param>
    /// <param name="newId">Ids for tasks.</param>
    public PlanDraft(ServiceView service, Func<string, ServiceView?> find, DateTimeOffset now, Func<string> newId)
    {
        Service = service;
        Now = now;
        _find = find;
        _newId = newId;
        _record = service.Record;
        _spec = service.Spec;
        foreach (var group in service.Tasks.Values.GroupBy(task => task.Task.Slot))
            _slots[group.Key] = new SlotDraft(group.Key, group);
    }

    public ServiceView Service { get; }

    public DateTimeOffset Now { get; }

    public ServiceRecord Record
    {
        get => _record;
        set => _record = value;
    }

    public ServiceSpec Spec
    {
        get => _spec;
        set => _spec = value;
    }

    /// <summary>By number, with those that are only history.</summary>
    public IEnumerable<SlotDraft> Slots => _slots.Values;

    /// <summary>Slots that count: with a task that is wanted or only stopped.</summary>
    public IReadOnlyList<SlotDraft> Kept => [.. _slots.Values.Where(slot => slot.IsKept)];

    public ServiceView? Find(string service) => _find(service);

    /// <summary>Plans again at this time, or earlier.</summary>
    public void Wake(DateTimeOffset at)
    {
        if (_wakeAt is not { } earlier || at < earlier)
            _wakeAt = at;
    }

    public void Forget() => _forget = true;

    public void Decide(string action, int slot, string why) =>
        _decisions.Add(new AppDecision { At = Now, Action = action, Slot = slot, Revision = _record.Revision, Why = why });

    /// <summary>Adds a task that is made now and started when it may be.</summary>
    public void Add(ServiceTask task)
    {
        if (!_slots.TryGetValue(task.Slot, out var slot))
            _slots[task.Slot] = slot = new SlotDraft(task.Slot, []);
        slot.Put(new TaskView(task, long.MaxValue, 0, new ServiceTaskStatus { Since = Now }, 0));
        _puts[task.Id] = task;
    }

    /// <summary>A task of the wanted revision, ready to be given the rest.</summary>
    public ServiceTask NewTask(int slot, string cause) => new()
    {
        Id = _newId(),
        Slot = slot,
        Revision = _record.Revision,
        Hash = _record.Hash,
        Desired = TaskState.Ready,
        CreatedAt = Now,
        Cause = cause,
        Generation = _record.Generation,
        Dependencies = Dependencies.Stamps(_spec, _find),
    };

    public void Change(TaskView task, ServiceTask changed)
    {
        _slots[changed.Slot].Put(task with { Task = changed });
        _puts[changed.Id] = changed;
    }

    /// <summary>Ends a task (<c>Shutdown</c>), or ends it and takes its container away (<c>Remove</c>). Never softens what was decided before.</summary>
    public void End(TaskView task, TaskState desired, string failedBy = "")
    {
        if (task.Task.Desired < desired)
            Change(task, task.Task with { Desired = desired, FailedBy = failedBy.Length > 0 ? failedBy : task.Task.FailedBy });
    }

    public void Delete(TaskView task)
    {
        _slots[task.Task.Slot].Delete(task.Task.Id);
        _puts.Remove(task.Task.Id);
        _deletes.Add(task.Task.Id);
    }

    public ServicePlan Complete() => new()
    {
        Puts = [.. _puts.Values],
        Deletes = _deletes,
        Record = ReferenceEquals(_record, Service.Record) ? null : _record,
        Spec = ReferenceEquals(_spec, Service.Spec) ? null : _spec,
        Forget = _forget,
        Decisions = _decisions,
        WakeAt = _wakeAt,
    };
}
