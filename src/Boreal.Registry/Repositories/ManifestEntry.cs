using Boreal.Oci.Content;

namespace Boreal.Registry.Repositories;

/// <summary>What is known of a repository's manifest without reading it.</summary>
internal sealed record ManifestEntry
{
    public required Digest Digest { get; init; }

    public required string MediaType { get; init; }

    public required long Size { get; init; }

    /// <summary>The manifest this one refers to, as a signature does.</summary>
    public Digest? Subject { get; init; }

    /// <summary>What a referrer is; null when it has no subject.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>A referrer's annotations; null when it has no subject.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
