namespace Boreal.Orchestrator.Services;

/// <summary>Where the newest update of a service is. Stored by number.</summary>
public enum UpdateState
{
    Updating = 1,
    Paused = 2,
    Completed = 3,
    RollbackStarted = 4,
    RollbackPaused = 5,
    RollbackCompleted = 6,
}
