using Boreal.Api.Apps;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Planning;

/// <summary>One slot between updates: a task that has ended or is sick is followed by another, and a made one is started when it may be.</summary>
internal static class SlotFilling
{
    public static void Fill(PlanDraft draft, SlotDraft slot)
    {
        var live = slot.Live.ToList();
        if (live.Count == 0)
        {
            Refill(draft, slot);
            return;
        }
        foreach (var task in live)
        {
            var isNewest = ReferenceEquals(task, live[^1]);
            if (task.IsOver && !isNewest)
                draft.End(task, TaskState.Remove);
            else if (task.IsOver && !task.Status.HasEnded)
                draft.End(task, TaskState.Shutdown, task.Status.Why);
            else if (task.IsOver)
                Restart(draft, task);
            else if (task.Status.IsUnhealthy && draft.Spec.Restart.Condition is not "none")
            {
                draft.Decide("restart", slot.Number, $"its task {task.Status.Why}");
                draft.End(task, TaskState.Shutdown, task.Status.Why);
            }
        }
        if (!slot.Live.Any())
            Refill(draft, slot);
    }

    /// <summary>Starts a task whose container is made, when its time has come, its predecessor is gone and what it depends on holds.</summary>
    public static void StartIfDue(PlanDraft draft, SlotDraft slot, TaskView task)
    {
        if (task is not { Task.Desired: TaskState.Ready, Status.State: TaskState.Ready })
            return;
        if (task.Task.NotBefore is { } due && due > draft.Now)
        {
            draft.Wake(due);
            return;
        }
        var isBlocked = slot.Tasks.Any(other => other.Task.Id != task.Task.Id && other.OccupiesSlot && !(other.IsLive && RollingUpdate.StartsFirst(draft)));
        if (!isBlocked && Dependencies.Unmet(draft.Spec, draft.Find).Count == 0)
            draft.Change(task, task.Task with { Desired = TaskState.Running });
    }

    /// <summary>A container that ended and that no wanted task of the slot goes on in is only in the way.</summary>
    public static void Tidy(PlanDraft draft, SlotDraft slot)
    {
        var used = slot.Live.SelectMany(task => (string[])[task.Status.ContainerId, task.Task.TakesOver]).ToHashSet(StringComparer.Ordinal);
        if (used.Count == 0)
            return;
        foreach (var task in slot.Tasks.Where(task => task is { Task.Desired: TaskState.Shutdown, Status.ContainerId.Length: > 0 } && !used.Contains(task.Status.ContainerId)).ToList())
            draft.End(task, TaskState.Remove);
    }

    /// <summary>A slot that is kept and has nothing that is wanted.</summary>
    private static void Refill(PlanDraft draft, SlotDraft slot)
    {
        if (Dependencies.IsLedByUpdate(draft.Spec, draft.Find))
            return;
        if (slot.Newest is not { } last || last.Task.Desired is TaskState.Remove)
            draft.Add(draft.NewTask(slot.Number, "start"));
        else if (last.Task.FailedBy.Length > 0 || last.IsOver)
            Restart(draft, last);
        else
            Follow(draft, last, draft.NewTask(slot.Number, "start"));
    }

    private static void Restart(PlanDraft draft, TaskView task)
    {
        if (RestartRules.Refusal(draft.Spec, task, draft.Record.Generation) is not null || Dependencies.IsLedByUpdate(draft.Spec, draft.Find))
            return;
        var asked = task.Task.Generation < draft.Record.Generation || task is { Status.State: TaskState.Shutdown, Task.FailedBy: "" };
        var policy = draft.Spec.Restart;
        var next = draft.NewTask(task.Task.Slot, asked ? "start" : "restart");
        // A slot that a paused update has not reached keeps what it had.
        if (draft.Record.Update is { IsPaused: true } && draft.Service.Revisions.ContainsKey(task.Task.Revision))
            next = next with { Revision = task.Task.Revision, Hash = task.Task.Hash };
        if (!asked)
        {
            next = next with
            {
                NotBefore = draft.Now + RestartRules.Delay(policy, task),
                Streak = RestartRules.Streak(task) + 1,
                Restarts = RestartRules.Remember(policy, task, draft.Now),
            };
            if (task.Task.FailedBy.Length == 0)
                draft.Decide("restart", task.Task.Slot, $"its task {task.Status.Why}");
        }
        Follow(draft, task, next);
    }

    /// <summary>The next task of the slot, in the same container where that is of the same revision.</summary>
    private static void Follow(PlanDraft draft, TaskView task, Tasks.ServiceTask next)
    {
        var takesOver = task.Task.Hash == next.Hash && task.Status.State is not TaskState.Rejected ? task.Status.ContainerId : "";
        draft.Add(next with { TakesOver = takesOver });
        draft.End(task, takesOver.Length > 0 ? TaskState.Shutdown : TaskState.Remove);
    }
}
