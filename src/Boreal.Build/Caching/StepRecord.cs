using Boreal.Oci.Content;

namespace Boreal.Build.Caching;

/// <summary>A step's result as remembered.</summary>
internal sealed record StepRecord
{
    /// <summary>Also the name its layer is pinned by.</summary>
    public required string Id { get; init; }

    /// <summary>What it is found by: a definition's key, a content's key.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>The one layer that the step added.</summary>
    public required Digest Layer { get; init; }

    public required string Description { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUsedAt { get; init; }

    public required int UsageCount { get; init; }

    /// <summary>The records whose results it was made on.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];
}
