namespace Boreal.Orchestrator.Services;

/// <summary>A revision that was asked for; its spec has a key of its own.</summary>
public sealed record RevisionRecord
{
    public required long Number { get; init; }

    /// <summary>Equal for specs that make equal tasks.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset At { get; init; }

    public IReadOnlyList<string> Changes { get; init; } = [];
}
