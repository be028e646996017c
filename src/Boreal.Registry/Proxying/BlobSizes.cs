using System.Collections.Concurrent;
using Boreal.Oci.Content;
using Boreal.Registry.Manifests;
using Boreal.Registry.Repositories;

namespace Boreal.Registry.Proxying;

/// <summary>
/// Sizes of blobs, from the manifests that came by: they save a question. By repository, so that one that lies spoils nobody
/// else's content.
/// </summary>
internal sealed class BlobSizes
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<(RepositoryName, Digest), long> _sizes = new();

    public void Learn(RepositoryName repository, IReadOnlyList<ManifestLink> links)
    {
        if (_sizes.Count >= Most)
            _sizes.Clear();
        foreach (var link in links)
            _sizes[(repository, link.Digest)] = link.Size;
    }

    public long? Find(RepositoryName repository, Digest digest) => _sizes.TryGetValue((repository, digest), out var size) && size >= 0 ? size : null;
}
