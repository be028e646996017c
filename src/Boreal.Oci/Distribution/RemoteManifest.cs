using Boreal.Oci.Content;

namespace Boreal.Oci.Distribution;

/// <summary>A manifest or index byte for byte, its digest verified; the media type without parameters.</summary>
public sealed record RemoteManifest(ReadOnlyMemory<byte> Content, string MediaType, Digest Digest)
{
    public Descriptor Descriptor => new() { MediaType = MediaType, Digest = Digest, Size = Content.Length };
}
