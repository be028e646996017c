using Boreal.Build.Builds;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

/// <summary>An image of this engine, whose layers are here as long as it is.</summary>
internal sealed class ImageOrigin(LayerTransfers transfers, string name) : ILayerOrigin
{
    public string Name => name;

    public Task<IDisposable> FetchAsync(Descriptor blob, Digest layer, CancellationToken cancellationToken) =>
        Task.FromResult(transfers.TryUse(layer) ?? throw new BuildException($"layer {layer} of {name} is gone, build again"));
}
