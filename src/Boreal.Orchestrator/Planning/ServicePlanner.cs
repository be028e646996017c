using Boreal.Api.Apps;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Planning;

/// <summary>
/// From a service as it is to what is written next: which tasks there are and what is asked of each. A pure function, called whenever
/// anything may have changed; called again on its own outcome it changes nothing.
/// </summary>
internal static class ServicePlanner
{
    private const int HistoryPerSlot = 5;
    private const int HistoryOfGoneSlots = 10;

    /// <param name="service">As it is.</param>
    /// <param name="find">Another service of the same app by name; null when there is none.</param>
    /// <param name="now">The present.</param>
    /// <param name="newId">Ids for tasks.</param>
    public static ServicePlan Plan(ServiceView service, Func<string, ServiceView?> find, DateTimeOffset now, Func<string> newId)
    {
        var draft = new PlanDraft(service, find, now, newId);
        if (service.Record.Removing)
        {
            Remove(draft);
            return draft.Complete();
        }
        SlotScaling.ScaleDown(draft);
        if (service.Spec.Stopped)
            Stop(draft);
        else
        {
            SlotScaling.ScaleUp(draft);
            foreach (var slot in draft.Kept)
                SlotFilling.Fill(draft, slot);
            RollingUpdate.Advance(draft);
            foreach (var task in draft.Kept.SelectMany(slot => slot.Live.Select(task => (slot, task))).ToList())
                SlotFilling.StartIfDue(draft, task.slot, task.task);
            foreach (var slot in draft.Kept)
                SlotFilling.Tidy(draft, slot);
        }
        Retire(draft);
        return draft.Complete();
    }

    private static void Remove(PlanDraft draft)
    {
        foreach (var task in draft.Slots.SelectMany(slot => slot.Tasks).ToList())
        {
            draft.End(task, TaskState.Remove);
            if (task is { Task.Desired: TaskState.Remove, Status: { HasEnded: true, ContainerId: "" } })
                draft.Delete(task);
        }
        // The balancer's loop deletes the rotation when it has forgotten the service. Tasks that go are a plan of their own.
        if (draft.Service.Rotation is null && draft.Service.Tasks.IsEmpty)
            draft.Forget();
    }

    private static void Stop(PlanDraft draft)
    {
        foreach (var task in draft.Kept.SelectMany(slot => slot.Live).ToList())
            draft.End(task, TaskState.Shutdown);
    }

    private static void Retire(PlanDraft draft)
    {
        foreach (var slot in draft.Slots)
            Retire(draft, [.. slot.Tasks.Where(task => task.IsHistory && !ReferenceEquals(task, slot.Newest))], HistoryPerSlot - 1);
        var gone = draft.Slots.Where(slot => !slot.IsOccupied).SelectMany(slot => slot.Tasks).Where(task => task.IsHistory);
        Retire(draft, [.. gone.OrderBy(task => task.Status.Since)], HistoryOfGoneSlots);
    }

    private static void Retire(PlanDraft draft, List<TaskView> oldestFirst, int kept)
    {
        foreach (var task in oldestFirst.Take(oldestFirst.Count - kept))
            draft.Delete(task);
    }
}
