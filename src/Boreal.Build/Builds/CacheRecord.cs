namespace Boreal.Build.Builds;

/// <summary>One thing that a builder keeps.</summary>
internal sealed record CacheRecord
{
    public required string Id { get; init; }

    /// <summary>regular, source.local, exec.cachemount, frontend, internal, source.git.checkout.</summary>
    public required string Kind { get; init; }

    public required string Description { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public long UsageCount { get; init; }

    public bool InUse { get; init; }

    public bool Mutable { get; init; }

    public bool Shared { get; init; }

    public IReadOnlyList<string> Parents { get; init; } = [];
}
