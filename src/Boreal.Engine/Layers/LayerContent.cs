using Boreal.Oci.Content;

namespace Boreal.Engine.Layers;

/// <summary>What an unpacked layer turned out to be.</summary>
internal sealed record LayerContent
{
    /// <summary>Digest of the uncompressed tar.</summary>
    public required Digest DiffId { get; init; }

    /// <summary>Digest of the stream as it came in, compressed or not.</summary>
    public required Digest SourceDigest { get; init; }

    /// <summary>Bytes of the uncompressed tar.</summary>
    public required long TarSize { get; init; }

    /// <summary>Bytes of all files, hard links once: what Docker calls the layer's size.</summary>
    public required long Size { get; init; }
}
