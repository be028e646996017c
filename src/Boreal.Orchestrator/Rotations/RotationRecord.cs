namespace Boreal.Orchestrator.Rotations;

/// <summary>What the balancer has in force for a service: written after it said so. Immutable.</summary>
public sealed record RotationRecord
{
    public required long Revision { get; init; }

    /// <summary>Tasks that get what is new.</summary>
    public IReadOnlyList<string> Ready { get; init; } = [];

    /// <summary>Tasks that finish what they have.</summary>
    public IReadOnlyList<string> Draining { get; init; } = [];
}
