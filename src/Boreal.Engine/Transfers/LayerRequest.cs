using Boreal.Engine.Content;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;

namespace Boreal.Engine.Transfers;

/// <summary>A layer to fetch: the blob, what it must unpack to, and who has it.</summary>
internal sealed record LayerRequest(Descriptor Blob, Digest DiffId, Repository Source)
{
    /// <summary>The blob as it is remembered.</summary>
    public BlobRecord Record => new()
    {
        Digest = Blob.Digest,
        Size = Blob.Size,
        MediaType = Blob.MediaType,
        DiffId = DiffId,
        Repositories = [Source.Reference.Repository],
    };
}
