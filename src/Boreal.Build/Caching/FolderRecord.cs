namespace Boreal.Build.Caching;

/// <summary>A kept folder as remembered.</summary>
internal sealed record FolderRecord
{
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUsedAt { get; init; }

    public required int UsageCount { get; init; }

    /// <summary>Bytes of its files after <see cref="MeasuredUses"/> uses.</summary>
    public long Size { get; init; }

    public int MeasuredUses { get; init; } = -1;
}
