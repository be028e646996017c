using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;

namespace Boreal.Build.Exchange;

internal sealed class RegistryOrigin(LayerTransfers transfers, Repository repository) : ILayerOrigin
{
    public string Name => repository.Reference.Familiar;

    /// <summary>The repository, without a tag.</summary>
    public string Repository => repository.Reference.Repository;

    public Task<IDisposable> FetchAsync(Descriptor blob, Digest layer, CancellationToken cancellationToken) => transfers.FetchAsync(blob, layer, repository, cancellationToken);
}
