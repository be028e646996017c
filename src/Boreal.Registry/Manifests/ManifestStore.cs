using Boreal.Oci.Content;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;

namespace Boreal.Registry.Manifests;

/// <summary>Manifests on disk and in their repository's index.</summary>
internal sealed class ManifestStore(
    RepositoryStore repositories, BlobStore blobs, BlobSyncs syncs, DataPaths paths, RegistryOptions options)
{
    /// <summary>
    /// (1) The content and the blobs it names are on the disk, (2) all it names is here, unless that may come later, (3) it is in
    /// the index, with its tags.
    /// </summary>
    /// <exception cref="RegistryException">Something it names is missing.</exception>
    public async Task<ManifestEntry> PutAsync(RepositoryName repository, IncomingManifest manifest, CancellationToken cancellationToken)
    {
        var found = await repositories.GetAsync(repository);
        await StoreAsync(repository, manifest, cancellationToken);
        await Task.WhenAll(manifest.Document.Blobs.Select(blob => blob.Digest).Append(manifest.Digest).Select(syncs.WaitAsync)); // (1)
        var entry = manifest.Document.ToEntry(manifest.Digest, manifest.Content.Length);
        await found.ChangeAsync(
            state =>
            {
                // Here, where no collection runs: what is found now stays, as the index will name it.
                if (!manifest.ContentMayFollow)
                    RequireContent(repository, state, manifest.Document);                                   // (2)
                return state.Has(entry, manifest.Tags) ? state : state.With(entry, manifest.Tags);          // (3)
            },
            cancellationToken);
        repositories.Announce(repository);
        return entry;
    }

    /// <summary>A manifest's content; null when its file is gone.</summary>
    public async Task<ReadOnlyMemory<byte>?> TryReadAsync(RepositoryName repository, Digest digest, long size)
    {
        using var file = blobs.TryOpen(repository, digest);
        if (file is null)
            return null;
        var content = new byte[size];
        return await RandomAccess.ReadAsync(file, content, 0) == content.Length
            ? content
            : throw new EndOfStreamException($"manifest {digest} of {repository} is not whole");
    }

    private async Task StoreAsync(RepositoryName repository, IncomingManifest manifest, CancellationToken cancellationToken)
    {
        if (blobs.SizeOf(repository, manifest.Digest) == manifest.Content.Length)
            return;
        var temporary = Path.Combine(paths.Uploads, $"{DataPaths.ManifestPrefix}{Guid.NewGuid():N}");
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
                await RandomAccess.WriteAsync(file, manifest.Content, 0, cancellationToken);
            blobs.Publish(temporary, manifest.Digest, repository);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A subject may come later; a layer that is not distributed need not come at all.</summary>
    private void RequireContent(RepositoryName repository, RepositoryState state, ManifestDocument document)
    {
        var missing = document.Blobs.Where(blob => !blob.MayBeElsewhere && !blobs.Has(repository, blob.Digest));
        if (!options.AllowSparseIndexes)
            missing = missing.Concat(document.Manifests.Where(manifest => !state.Manifests.ContainsKey(manifest.Digest)));
        foreach (var link in missing)
            throw new RegistryException(RegistryErrorCode.ManifestBlobUnknown, "blob unknown to registry") { Detail = link.Digest.Value };
    }
}
