using Boreal.Api.Apps;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Planning;

/// <summary>
/// Replaces tasks of an older revision, a few slots at a time, and stops, goes on or goes back when new ones fail. What happened so far
/// is read from the tasks, so that it goes on after a restart where it was.
/// </summary>
internal static class RollingUpdate
{
    public static void Advance(PlanDraft draft)
    {
        Begin(draft);
        if (draft.Record.Update is not { IsGoingOn: true } update)
            return;
        var policy = PolicyOf(draft.Spec, update);
        if (UpdateFailures.Find(draft, update, policy) is { } failure)
        {
            Fail(draft, update, policy, failure);
            if (draft.Record.Update is not { IsGoingOn: true } changed)
                return;
            update = changed;
            policy = PolicyOf(draft.Spec, update);
        }
        foreach (var slot in draft.Kept)
            HandOver(draft, slot);
        Replace(draft, update, policy);
        Finish(draft, update, policy);
    }

    /// <summary>Whether the new task of a slot may run beside the old one.</summary>
    public static bool StartsFirst(PlanDraft draft) =>
        draft.Record.Update is { IsGoingOn: true } update && PolicyOf(draft.Spec, update).Order is "start-first" && !Exclusive.IsAlone(draft.Spec);

    public static bool IsDirty(PlanDraft draft, TaskView task) =>
        task.Task.Hash != draft.Record.Hash || Dependencies.Outdated(draft.Spec, task, draft.Find) is not null;

    public static UpdatePolicy PolicyOf(ServiceSpec spec, UpdateProgress update) => update.IsRollback ? spec.Rollback : spec.Update;

    /// <summary>Tasks that follow another service's update are replaced like those of an update of their own.</summary>
    private static void Begin(PlanDraft draft)
    {
        if (draft.Record.Update is { IsGoingOn: true } or { IsPaused: true })
            return;
        var dirty = draft.Kept.SelectMany(slot => slot.Live).FirstOrDefault(task => IsDirty(draft, task));
        if (dirty is null)
            return;
        var followed = Dependencies.Outdated(draft.Spec, dirty, draft.Find);
        var message = followed is null ? "tasks of another revision were found" : $"{followed} was updated";
        draft.Record = draft.Record with { Update = new UpdateProgress { State = UpdateState.Updating, StartedAt = draft.Now, Message = message } };
        draft.Decide("update", 0, message);
    }

    private static void Fail(PlanDraft draft, UpdateProgress update, UpdatePolicy policy, string failure)
    {
        if (policy.FailureAction is "continue")
            return;
        if (policy.FailureAction is "rollback" && !update.IsRollback && draft.Service.Revisions.TryGetValue(update.From, out var before))
        {
            RollBack(draft, update.From, before, $"update failed: {failure}");
            return;
        }
        draft.Record = draft.Record with
        {
            Update = update with { State = update.IsRollback ? UpdateState.RollbackPaused : UpdateState.Paused, Message = failure },
        };
        draft.Decide("pause", 0, failure);
        // Where the old task still serves, the new one that failed is only in the way.
        foreach (var slot in draft.Kept)
        {
            if (slot.Live.Any(task => IsDirty(draft, task) && !task.IsOver) && slot.Newest is { IsLive: true } newest && !IsDirty(draft, newest))
                draft.End(newest, TaskState.Remove);
        }
    }

    /// <summary>Asks for an earlier revision again. How many replicas there are is not part of a revision.</summary>
    public static void RollBack(PlanDraft draft, long revision, ServiceSpec before, string why)
    {
        var hash = draft.Record.Revisions.First(known => known.Number == revision).Hash;
        draft.Spec = before with { Replicas = draft.Spec.Replicas, Stopped = draft.Spec.Stopped, Autoscale = draft.Spec.Autoscale };
        draft.Record = draft.Record with
        {
            Revision = revision,
            Hash = hash,
            Update = new UpdateProgress { State = UpdateState.RollbackStarted, StartedAt = draft.Now, Message = why, From = draft.Record.Revision },
        };
        draft.Decide("rollback", 0, $"to revision {revision}: {why}");
    }

    /// <summary>The old task goes when the new one is far enough.</summary>
    private static void HandOver(PlanDraft draft, SlotDraft slot)
    {
        if (slot.Live.LastOrDefault(task => !IsDirty(draft, task) && !task.IsOver) is not { } next)
            return;
        var isFarEnough = StartsFirst(draft)
            ? next.IsRunning && draft.Service.Rotation?.Ready.Contains(next.Task.Id) == true
            : next.Status.State >= TaskState.Ready;
        if (!isFarEnough)
            return;
        foreach (var old in slot.Live.Where(task => IsDirty(draft, task)).ToList())
            draft.End(old, TaskState.Remove);
    }

    private static void Replace(PlanDraft draft, UpdateProgress update, UpdatePolicy policy)
    {
        // Made now, a task would join namespaces of containers that are about to go.
        if (Dependencies.IsLedByUpdate(draft.Spec, draft.Find))
            return;
        var lanes = policy.Parallelism == 0 ? int.MaxValue : policy.Parallelism;
        lanes -= draft.Kept.Count(slot => IsBusy(draft, slot, update, policy));
        var waiting = draft.Kept
            .Where(slot => slot.Live.Any() && slot.Live.All(task => IsDirty(draft, task)))
            .OrderBy(slot => slot.HasRunning)
            .ThenBy(slot => slot.Number)
            .ToList();
        foreach (var slot in waiting.Take(Math.Max(lanes, 0)))
        {
            draft.Decide(update.IsRollback ? "rollback" : "update", slot.Number, $"from revision {slot.Live.Last().Task.Revision} to {draft.Record.Revision}");
            draft.Add(draft.NewTask(slot.Number, "update"));
        }
    }

    /// <summary>A slot is done when its new task once ran (or ended), the old one is gone and the delay is over.</summary>
    private static bool IsBusy(PlanDraft draft, SlotDraft slot, UpdateProgress update, UpdatePolicy policy)
    {
        var made = slot.Tasks.Where(task => task.Task.CreatedAt >= update.StartedAt && task.Task.Cause is "update" && !IsDirty(draft, task)).ToList();
        if (made.Count == 0)
            return false;
        if (!made.Exists(task => task.Status.State >= TaskState.Running || task.Status.RunningAt is not null) || slot.Tasks.Any(task => task.OccupiesSlot && IsDirty(draft, task)))
            return true;
        var next = made.Max(task => task.Status.RunningAt ?? task.Status.Since) + Nanoseconds.ToSpan(policy.Delay);
        if (next <= draft.Now)
            return false;
        draft.Wake(next);
        return true;
    }

    private static void Finish(PlanDraft draft, UpdateProgress update, UpdatePolicy policy)
    {
        var monitor = policy.FailureAction is "continue" ? TimeSpan.Zero : Nanoseconds.ToSpan(policy.Monitor);
        foreach (var slot in draft.Kept)
        {
            if (slot.Tasks.Any(task => task.OccupiesSlot && IsDirty(draft, task)) || slot.Live.LastOrDefault() is not { } task || IsDirty(draft, task))
                return;
            if (task.IsOver)
                continue;
            if (!task.IsRunning)
                return;
            if (task.Task.CreatedAt >= update.StartedAt && (task.Status.RunningAt ?? draft.Now) + monitor is var proven && proven > draft.Now)
            {
                draft.Wake(proven);
                return;
            }
        }
        draft.Record = draft.Record with
        {
            Update = update with { State = update.IsRollback ? UpdateState.RollbackCompleted : UpdateState.Completed, CompletedAt = draft.Now },
        };
        draft.Decide(update.IsRollback ? "rollback" : "update", 0, $"completed: every slot has revision {draft.Record.Revision}");
    }
}
