using Boreal.Build.Builds;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;

namespace Boreal.Build.Packaging;

/// <summary>A layout in a folder of the client, whose index is the client's to write.</summary>
internal sealed class ClientStoreTarget(LayerTransfers transfers, IClientContent store) : IImageTarget
{
    public async Task<Descriptor> PutLayerAsync(Digest layer, CancellationToken cancellationToken)
    {
        var (blob, content) = await transfers.PackAsync(layer, cancellationToken);
        await using (content)
            await store.WriteAsync(blob, content, cancellationToken);
        return blob;
    }

    public async Task PutDocumentAsync(Descriptor document, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var bytes = new MemoryStream(content.ToArray());
        await store.WriteAsync(document, bytes, cancellationToken);
    }
}
