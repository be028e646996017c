using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.References;

namespace Boreal.Build.Exchange;

/// <summary>A repository that a cache is pushed to.</summary>
internal sealed class RegistryTarget(LayerTransfers transfers, Repository repository) : ICacheTarget
{
    public string Name => "registry";

    public bool Has(ExportedStep step) => step.Imported?.Origin is RegistryOrigin origin && origin.Repository == repository.Reference.Repository;

    public Task<Descriptor> PutLayerAsync(ExportedStep step, CancellationToken cancellationToken) =>
        step.Imported is { } imported && Has(step) ? Task.FromResult(imported.Blob) : transfers.PushAsync(step.Layer.DiffId, repository, cancellationToken);

    public Task PutDocumentAsync(Descriptor document, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        repository.UploadBlobAsync(document, (offset, _) => ValueTask.FromResult<Stream>(new MemoryStream(content[(int)offset..].ToArray())), new BlobUploadOptions(), cancellationToken);

    public Task PutManifestAsync(Descriptor manifest, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        repository.PutManifestAsync(repository.Reference.Tag ?? ImageReference.DefaultTag, manifest.MediaType, content, cancellationToken);
}
