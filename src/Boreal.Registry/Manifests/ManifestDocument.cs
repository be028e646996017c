using Boreal.Oci.Content;
using Boreal.Registry.Repositories;

namespace Boreal.Registry.Manifests;

/// <summary>What the registry has to know of a manifest's content. The bytes themselves are kept as they came.</summary>
internal sealed record ManifestDocument
{
    public required string MediaType { get; init; }

    /// <summary>Config and layers; of an index what is no manifest.</summary>
    public required IReadOnlyList<ManifestLink> Blobs { get; init; }

    /// <summary>An index's manifests.</summary>
    public required IReadOnlyList<ManifestLink> Manifests { get; init; }

    public Digest? Subject { get; init; }

    /// <summary>The artifact type as the referrers listing shows it: the config's media type where an image manifest has none of its own.</summary>
    public string? ArtifactType { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Recognises what can be a manifest by its media type.</summary>
    public static bool IsKnown(string mediaType) => MediaTypes.IsManifest(mediaType) || MediaTypes.IsIndex(mediaType);

    public ManifestEntry ToEntry(Digest digest, long size) => new()
    {
        Digest = digest,
        MediaType = MediaType,
        Size = size,
        Subject = Subject,
        ArtifactType = Subject is null ? null : ArtifactType,
        Annotations = Subject is null ? null : Annotations,
    };

    /// <exception cref="Errors.RegistryException">The content is no manifest we take.</exception>
    public static ManifestDocument Parse(ReadOnlyMemory<byte> content, string? declared) => ManifestReader.Read(content, declared);

    /// <summary>As <see cref="Parse"/>, null for what is no manifest: for content found on disk.</summary>
    public static ManifestDocument? TryParse(ReadOnlyMemory<byte> content, string? declared)
    {
        try
        {
            return Parse(content, declared);
        }
        catch (Errors.RegistryException)
        {
            return null;
        }
    }
}
