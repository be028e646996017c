using Boreal.Api.Apps;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Planning;

/// <summary>Whether an update has failed: slots whose new task could not be made, ended too soon, or did not get to run in time.</summary>
internal static class UpdateFailures
{
    /// <summary>The failure in words when there are more than the policy allows; null otherwise.</summary>
    public static string? Find(PlanDraft draft, UpdateProgress update, UpdatePolicy policy)
    {
        var slots = draft.Kept;
        var failures = new List<string>();
        foreach (var slot in slots)
        {
            var made = slot.Tasks.Where(task => task.Task.CreatedAt >= update.StartedAt && !RollingUpdate.IsDirty(draft, task));
            if (made.Select(task => Failure(draft, task, policy)).FirstOrDefault(found => found is not null) is { } failure)
                failures.Add($"slot {slot.Number} {failure}");
        }
        if (failures.Count == 0 || (double)failures.Count / slots.Count <= policy.MaxFailureRatio)
            return null;
        return failures.Count == 1 ? failures[0] : $"{failures[0]}; and {failures.Count - 1} more of {slots.Count} slots";
    }

    private static string? Failure(PlanDraft draft, TaskView task, UpdatePolicy policy)
    {
        var status = task.Status;
        if (status.IsHeld)
            return null;
        if (status.State is TaskState.Rejected or TaskState.Failed || task.Task.FailedBy.Length > 0)
            return EndedTooSoon(task, policy) ? Text(task) : null;
        if (status.State is TaskState.Complete)
            return draft.Spec.Restart.Condition is "any" && EndedTooSoon(task, policy) ? Text(task) : null;
        if (!task.IsLive || policy.ProgressDeadline == 0 || status.RunningAt is not null)
            return null;
        var deadline = (task.Task.NotBefore ?? task.Task.CreatedAt) + Nanoseconds.ToSpan(policy.ProgressDeadline);
        if (deadline > draft.Now)
        {
            draft.Wake(deadline);
            return null;
        }
        var waits = Dependencies.Unmet(draft.Spec, draft.Find);
        return $"does not run after {Nanoseconds.ToSpan(policy.ProgressDeadline).TotalSeconds:0.#} s, its progress deadline"
            + (waits.Count > 0 ? $" ({waits[0]})" : status.Why.Length > 0 ? $" ({status.Why})" : "");
    }

    private static bool EndedTooSoon(TaskView task, UpdatePolicy policy) =>
        task.Status.RunningAt is not { } running || task.Status.Since - running < Nanoseconds.ToSpan(policy.Monitor);

    private static string Text(TaskView task) => task.Task.FailedBy.Length > 0 ? task.Task.FailedBy : task.Status.Why;
}
