using Boreal.Api.Apps;

namespace Boreal.Orchestrator.Planning;

/// <summary>As many slots as are asked for: the lowest free numbers come, the least useful go.</summary>
internal static class SlotScaling
{
    public static void ScaleDown(PlanDraft draft)
    {
        var kept = draft.Kept;
        var surplus = kept.Count - draft.Service.DesiredSlots;
        if (surplus <= 0)
            return;
        var victims = kept
            .OrderBy(slot => slot.HasRunning)
            .ThenBy(slot => slot.Live.All(task => task.Task.Hash == draft.Record.Hash))
            .ThenByDescending(slot => slot.Number)
            .Take(surplus);
        foreach (var slot in victims)
        {
            draft.Decide("scale", slot.Number, $"{kept.Count} slots, {draft.Service.DesiredSlots} asked for: {Reason(draft, slot)}");
            foreach (var task in slot.Tasks.ToList())
                draft.End(task, TaskState.Remove);
        }
    }

    public static void ScaleUp(PlanDraft draft)
    {
        var missing = draft.Service.DesiredSlots - draft.Kept.Count;
        if (missing <= 0)
            return;
        var occupied = draft.Slots.Where(slot => slot.IsOccupied).Select(slot => slot.Number).ToHashSet();
        for (var number = 1; missing > 0; number++)
        {
            if (occupied.Contains(number))
                continue;
            draft.Decide("scale", number, $"{draft.Service.DesiredSlots} asked for");
            draft.Add(draft.NewTask(number, "scale"));
            missing--;
        }
    }

    private static string Reason(PlanDraft draft, SlotDraft slot) =>
        !slot.HasRunning ? "this one does not run"
        : slot.Live.Any(task => task.Task.Hash != draft.Record.Hash) ? "this one is of an older revision"
        : "this one has the highest number";
}
