using System.Text.Json.Serialization;

namespace Boreal.Orchestrator.Services;

/// <summary>The newest update of a service. Immutable.</summary>
public sealed record UpdateProgress
{
    public required UpdateState State { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string Message { get; init; } = "";

    /// <summary>The revision that ran before, to roll back to; 0: none.</summary>
    public long From { get; init; }

    /// <summary>As the API tells it.</summary>
    [JsonIgnore]
    public string StateName => State switch
    {
        UpdateState.Updating => "updating",
        UpdateState.Paused => "paused",
        UpdateState.Completed => "completed",
        UpdateState.RollbackStarted => "rollback_started",
        UpdateState.RollbackPaused => "rollback_paused",
        UpdateState.RollbackCompleted => "rollback_completed",
        _ => throw new InvalidOperationException($"the update's state {State} has no name"),
    };

    [JsonIgnore]
    public bool IsGoingOn => State is UpdateState.Updating or UpdateState.RollbackStarted;

    [JsonIgnore]
    public bool IsRollback => State is UpdateState.RollbackStarted or UpdateState.RollbackPaused or UpdateState.RollbackCompleted;

    [JsonIgnore]
    public bool IsPaused => State is UpdateState.Paused or UpdateState.RollbackPaused;
}
