using Boreal.Api.Apps;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Planning;

/// <summary>One slot of a service and its tasks, oldest first.</summary>
internal sealed class SlotDraft(int number, IEnumerable<TaskView> tasks)
{
    private readonly List<TaskView> _tasks = [.. tasks.OrderBy(task => task.Made)];

    public int Number => number;

    public IReadOnlyList<TaskView> Tasks => _tasks;

    public IEnumerable<TaskView> Live => _tasks.Where(task => task.IsLive);

    public TaskView? Newest => _tasks.Count == 0 ? null : _tasks[^1];

    /// <summary>It has a task that is wanted, or one that only rests.</summary>
    public bool IsKept => _tasks.Exists(task => task.Task.Desired < TaskState.Remove && (task.IsLive || ReferenceEquals(task, Newest)));

    /// <summary>Its number, name and container number are in use.</summary>
    public bool IsOccupied => IsKept || _tasks.Exists(task => task.Status.ContainerId.Length > 0 || task.OccupiesSlot);

    public bool HasRunning => _tasks.Exists(task => task is { IsLive: true, IsRunning: true, Status.IsUnhealthy: false });

    public void Put(TaskView task)
    {
        var place = _tasks.FindIndex(known => known.Task.Id == task.Task.Id);
        if (place < 0)
            _tasks.Add(task);
        else
            _tasks[place] = task;
    }

    public void Delete(string id) => _tasks.RemoveAll(task => task.Task.Id == id);
}
