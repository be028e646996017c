using Boreal.Oci.Content;
using Boreal.Oci.References;
using Boreal.Registry.Blobs;
using Boreal.Registry.Manifests;
using Boreal.Registry.Storage;

namespace Boreal.Registry.Repositories;

/// <summary>
/// Reads a repository from its layout, also one that another tool has written: what an index names is a manifest here too,
/// so referrers that were found by a fallback tag are found by their subject.
/// </summary>
internal sealed class RepositoryLoader(DataPaths paths, BlobStore blobs, RegistryOptions options)
{
    private readonly Queue<(Digest Digest, string MediaType)> _waiting = new();
    private readonly HashSet<Digest> _seen = [];

    public async Task<RepositoryState> LoadAsync(RepositoryName name)
    {
        var state = RepositoryState.Empty;
        var tags = new List<(string Tag, Digest Digest)>();
        foreach (var descriptor in await IndexFile.ReadAsync(paths.Index(name)) ?? [])
        {
            Enqueue(descriptor.Digest, descriptor.MediaType);
            if (descriptor.Annotations?.GetValueOrDefault(IndexFile.TagAnnotation) is { } tag && ImageReference.IsTag(tag))
                tags.Add((tag, descriptor.Digest));
        }
        while (_waiting.TryDequeue(out var next))
        {
            if (await ReadAsync(name, next.Digest, next.MediaType) is { } entry)
                state = state.With(entry, []);
        }
        foreach (var (tag, digest) in tags)
        {
            if (state.Manifests.TryGetValue(digest, out var entry))
                state = state.With(entry, [tag]);
        }
        return state;
    }

    private async Task<ManifestEntry?> ReadAsync(RepositoryName name, Digest digest, string mediaType)
    {
        using var file = blobs.TryOpen(name, digest);
        if (file is null || RandomAccess.GetLength(file) is var size && size > options.LargestManifest)
            return null;
        var content = new byte[size];
        if (await RandomAccess.ReadAsync(file, content, 0) < content.Length)
            return null;
        if (ManifestDocument.TryParse(content, mediaType) is not { } document)
            return null;
        foreach (var child in document.Manifests)
            Enqueue(child.Digest, child.MediaType);
        return document.ToEntry(digest, size);
    }

    private void Enqueue(Digest digest, string mediaType)
    {
        if (ManifestDocument.IsKnown(mediaType) && _seen.Add(digest))
            _waiting.Enqueue((digest, mediaType));
    }
}
