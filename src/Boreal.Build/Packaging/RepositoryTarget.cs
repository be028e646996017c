using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;

namespace Boreal.Build.Packaging;

/// <summary>A repository that an image is pushed to. Manifests lie there by their digests until one gets a tag.</summary>
internal sealed class RepositoryTarget(LayerTransfers transfers, Repository repository) : IImageTarget
{
    public Task<Descriptor> PutLayerAsync(Digest layer, CancellationToken cancellationToken) => transfers.PushAsync(layer, repository, cancellationToken);

    public Task PutDocumentAsync(Descriptor document, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        MediaTypes.IsManifest(document.MediaType) || MediaTypes.IsIndex(document.MediaType)
            ? repository.PutManifestAsync(document.Digest.Value, document.MediaType, content, cancellationToken)
            : repository.UploadBlobAsync(document, (offset, _) => ValueTask.FromResult<Stream>(new MemoryStream(content[(int)offset..].ToArray())), new BlobUploadOptions(), cancellationToken);
}
