namespace Boreal.Orchestrator.Services;

/// <summary>What is decided of a service, beside its spec. Immutable; written whole.</summary>
public sealed record ServiceRecord
{
    public required string App { get; init; }

    public required string Name { get; init; }

    /// <summary>Of the tasks that are wanted.</summary>
    public required long Revision { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Grows each time a person asks for the service: tasks of an older one that have ended are started again.</summary>
    public long Generation { get; init; }

    public UpdateProgress? Update { get; init; }

    /// <summary>Everything goes, and then this record.</summary>
    public bool Removing { get; init; }

    /// <summary>With <see cref="Removing"/>: anonymous volumes go too.</summary>
    public bool RemovesVolumes { get; init; }

    /// <summary>With <see cref="Removing"/> or while stopped: nanoseconds from stop signal to SIGKILL, where the person gave it.</summary>
    public long? StopGracePeriod { get; init; }

    /// <summary>The autoscaler leaves the service alone.</summary>
    public bool IsScalingPaused { get; init; }

    /// <summary>The kept ones, oldest first.</summary>
    public IReadOnlyList<RevisionRecord> Revisions { get; init; } = [];
}
