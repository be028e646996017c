using Boreal.Api.Apps;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Services;

/// <summary>A task, asked and seen, at one revision of the store.</summary>
/// <param name="Task">What is asked.</param>
/// <param name="Made">The store's revision when the task came to be: the order of tasks, whatever the clock says.</param>
/// <param name="TaskRevision">Of the store, when it was asked last.</param>
/// <param name="Status">What is seen.</param>
/// <param name="StatusRevision">Of the store, when it was seen; 0: never.</param>
public sealed record TaskView(ServiceTask Task, long Made, long TaskRevision, ServiceTaskStatus Status, long StatusRevision)
{
    /// <summary>It is wanted: made or started.</summary>
    public bool IsLive => Task.Desired < TaskState.Shutdown;

    /// <summary>Ended, by itself or asked to.</summary>
    public bool IsOver => Status.State >= TaskState.Complete;

    public bool IsRunning => Status.State is TaskState.Running;

    /// <summary>Its container may still run for it.</summary>
    public bool OccupiesSlot => !Status.HasEnded && (Status.ContainerId.Length > 0 || Status.State is > TaskState.New and < TaskState.Complete);

    /// <summary>Nothing is left of it but what is told here.</summary>
    public bool IsHistory => Status.HasEnded && !IsLive && (Status.ContainerId.Length == 0 || Task.Desired is TaskState.Shutdown);
}
