using Boreal.Build.Builds;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

internal sealed class ClientOrigin(LayerTransfers transfers, IClientContent content, string name) : ILayerOrigin
{
    public string Name => name;

    public async Task<IDisposable> FetchAsync(Descriptor blob, Digest layer, CancellationToken cancellationToken)
    {
        if (transfers.TryUse(layer) is { } known)
            return known;
        await using var bytes = await content.OpenAsync(blob.Digest, cancellationToken);
        return await transfers.ReceiveAsync(blob, layer, bytes, cancellationToken);
    }
}
