using System.Text.Json.Serialization;

namespace Boreal.Registry.Collection;

/// <summary>Content a collection took from a repository.</summary>
internal sealed record RemovedContent(
    [property: JsonPropertyName("repository")] string Repository,
    [property: JsonPropertyName("digest")] string Digest,
    [property: JsonPropertyName("size")] long Size);
