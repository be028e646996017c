using Boreal.Build.Builds;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

/// <summary>A folder of the client, as an image layout. Its index is the client's to write.</summary>
internal sealed class ClientTarget(LayerTransfers transfers, IClientContent store) : ICacheTarget
{
    public string Name => "client directory";

    public bool Has(ExportedStep step) => false;

    public async Task<Descriptor> PutLayerAsync(ExportedStep step, CancellationToken cancellationToken)
    {
        var (blob, bytes) = await transfers.PackAsync(step.Layer.DiffId, cancellationToken);
        await using (bytes)
            await store.WriteAsync(blob, bytes, cancellationToken);
        return blob;
    }

    public async Task PutDocumentAsync(Descriptor document, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var bytes = new MemoryStream(content.ToArray());
        await store.WriteAsync(document, bytes, cancellationToken);
    }

    public Task PutManifestAsync(Descriptor manifest, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => PutDocumentAsync(manifest, content, cancellationToken);
}
