using Boreal.Oci.Content;
using Boreal.Registry.Repositories;

namespace Boreal.Registry.Collection;

/// <summary>The report in the making.</summary>
internal sealed class CollectionTally(bool dryRun)
{
    private const int MostEntries = 1000;

    private readonly Dictionary<Digest, uint> _namesTaken = [];
    private readonly List<RemovedContent> _removed = [];
    private int _repositories;
    private int _manifests;
    private int _blobs;
    private int _files;
    private int _uploads;
    private long _bytes;

    public bool DryRun => dryRun;

    public void CountRepository() => _repositories++;

    public void CountUploads(int count) => _uploads += count;

    public void CountManifest() => _manifests++;

    public void CountBlob(RepositoryName repository, Digest digest, long size)
    {
        _blobs++;
        _namesTaken[digest] = _namesTaken.GetValueOrDefault(digest) + 1;
        if (_removed.Count < MostEntries)
            _removed.Add(new RemovedContent(repository.Value, digest.Value, size));
    }

    public void CountFile(long size)
    {
        _files++;
        _bytes += size;
    }

    /// <summary>Names of a file that a dry run has left to it.</summary>
    public uint NamesLeft(Digest digest) => dryRun ? _namesTaken.GetValueOrDefault(digest) : 0;

    public CollectionReport ToReport() => new()
    {
        DryRun = dryRun,
        Repositories = _repositories,
        Manifests = _manifests,
        Blobs = _blobs,
        Files = _files,
        Bytes = _bytes,
        Uploads = _uploads,
        Removed = _removed,
    };
}
