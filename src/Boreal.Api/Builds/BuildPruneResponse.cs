namespace Boreal.Api.Builds;

/// <summary>What a cleaning of the build cache came to.</summary>
public sealed record BuildPruneResponse
{
    /// <summary>Null when nothing went.</summary>
    public required IReadOnlyList<string>? CachesDeleted { get; init; }

    /// <summary>Bytes.</summary>
    public required long SpaceReclaimed { get; init; }
}
