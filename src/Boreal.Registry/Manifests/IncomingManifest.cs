using Boreal.Oci.Content;

namespace Boreal.Registry.Manifests;

/// <summary>A manifest that is to be stored.</summary>
internal sealed record IncomingManifest
{
    public required Digest Digest { get; init; }

    public required ReadOnlyMemory<byte> Content { get; init; }

    public required ManifestDocument Document { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Whether what it names need not be here yet: in a cache, which gets it when it is asked for.</summary>
    public bool ContentMayFollow { get; init; }
}
