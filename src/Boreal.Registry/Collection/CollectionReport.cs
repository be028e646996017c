using System.Text.Json.Serialization;

namespace Boreal.Registry.Collection;

/// <summary>What a collection took, or would have taken.</summary>
internal sealed record CollectionReport
{
    [JsonPropertyName("dryRun")]
    public required bool DryRun { get; init; }

    /// <summary>Repositories looked through.</summary>
    [JsonPropertyName("repositories")]
    public int Repositories { get; init; }

    /// <summary>Manifests without a tag taken from repositories.</summary>
    [JsonPropertyName("manifests")]
    public int Manifests { get; init; }

    /// <summary>Blobs taken from repositories.</summary>
    [JsonPropertyName("blobs")]
    public int Blobs { get; init; }

    /// <summary>Files that were nobody's any more.</summary>
    [JsonPropertyName("files")]
    public int Files { get; init; }

    /// <summary>Room those files had.</summary>
    [JsonPropertyName("bytes")]
    public long Bytes { get; init; }

    /// <summary>Uploads that had rested too long.</summary>
    [JsonPropertyName("uploads")]
    public int Uploads { get; init; }

    /// <summary>What was taken from which repository; the first thousand.</summary>
    [JsonPropertyName("removed")]
    public IReadOnlyList<RemovedContent> Removed { get; init; } = [];
}
