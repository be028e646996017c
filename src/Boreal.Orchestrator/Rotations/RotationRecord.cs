namespace Boreal.Orchestrator.Rotations;

/// <summary>What the balancer has in force for a service: written after it said so. Immutable.</summary>
public sealed record RotationRecord
{
    /// <summary>0: the balancer may have been told, and has not said so yet.</summary>
    public long Revision { get; init; }

    /// <summary>Tasks that get what is new.</summary>
    public IReadOnlyList<string> Ready { get; init; } = [];

    /// <summary>Tasks that are on their way out, and get nothing any more. Not those that get nothing yet.</summary>
    public IReadOnlyList<string> Draining { get; init; } = [];
}
