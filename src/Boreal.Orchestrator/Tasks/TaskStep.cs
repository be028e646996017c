namespace Boreal.Orchestrator.Tasks;

/// <summary>What one step of an agent came to.</summary>
/// <param name="Status">To be written; null: nothing has changed.</param>
/// <param name="WakeAt">When to look again although nothing is heard.</param>
internal readonly record struct TaskStep(ServiceTaskStatus? Status, DateTimeOffset? WakeAt)
{
    /// <summary>Waits for what may come.</summary>
    public static TaskStep Nothing { get; }

    public static TaskStep Write(ServiceTaskStatus status) => new(status, null);

    public static TaskStep Wait(DateTimeOffset until) => new(null, until);
}
