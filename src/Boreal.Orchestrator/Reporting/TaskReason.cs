using Boreal.Api.Apps;
using Boreal.Orchestrator.Planning;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Reporting;

/// <summary>What a task waits for, or why it ended, in words.</summary>
internal static class TaskReason
{
    public static string Of(ServiceView service, TaskView task, Func<string, ServiceView?> find)
    {
        if (task.Status.DrainingSince is not null && !task.Status.HasEnded)
            return "drains: finishes what it has";
        if (task is { IsLive: true, Status.State: TaskState.Ready, Task.Desired: TaskState.Ready })
            return Waiting(service, task, find);
        if (task is { IsOver: true, IsLive: true } && RestartRules.Refusal(service.Spec, task, service.Record.Generation) is { } refusal && refusal != task.Status.Why)
            return task.Status.Why.Length == 0 ? refusal : $"{task.Status.Why}; {refusal}";
        return task.Status.Why.Length > 0 ? task.Status.Why : task.Status.State is TaskState.Starting ? "starts" : "";
    }

    private static string Waiting(ServiceView service, TaskView task, Func<string, ServiceView?> find)
    {
        var unmet = Dependencies.Unmet(service.Spec, find);
        if (unmet.Count > 0)
            return string.Join("; ", unmet);
        if (service.Slot(task.Task.Slot).Any(other => other.Task.Id != task.Task.Id && other.OccupiesSlot))
            return "waits for the slot's older task to end";
        return task.Task.NotBefore is { } due ? $"starts again at {due.UtcDateTime:HH:mm:ss}Z, after {task.Task.Streak} failure{(task.Task.Streak == 1 ? "" : "s")} in a row" : "is about to start";
    }
}
