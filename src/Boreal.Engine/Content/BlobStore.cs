using Boreal.Engine.Layers;
using Boreal.Engine.State;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Oci.Content;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Content;

/// <summary>
/// Blobs as registries hold them: manifests, and layers as they were pulled or first pushed. A cache with a duty: what an
/// image names is kept as long as the image; all else goes when it has lain unused for a day, or at once when asked.
/// </summary>
internal sealed partial class BlobStore
{
    private static readonly TimeSpan UnusedLife = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, BlobRecord> _records = [];
    private readonly Dictionary<Digest, int> _leases = [];
    private readonly BlobFolders _folders;
    private readonly Table<BlobRecord> _table;
    private readonly LayerStore _layers;
    private readonly TimeProvider _time;
    private readonly ILogger<BlobStore> _logger;

    public BlobStore(NodePaths paths, Database database, LayerStore layers, TimeProvider time, ILogger<BlobStore> logger)
    {
        (_layers, _time, _logger) = (layers, time, logger);
        _folders = new BlobFolders(paths.DataRoot);
        _table = database.Table("blobs", ContentJson.Default.BlobRecord);
        foreach (var (_, record) in _table.Load())
            _records.Add(record.Digest, record);
    }

    /// <summary>Manifests that images name.</summary>
    public Func<IReadOnlySet<Digest>> NamedManifests { get; set; } = () => new HashSet<Digest>();

    public BlobRecord? Find(Digest digest)
    {
        lock (_lock)
            return _records.GetValueOrDefault(digest);
    }

    /// <summary>What registries call a layer, the ones whose bytes are here first.</summary>
    public IReadOnlyList<BlobRecord> OfLayer(Digest diffId)
    {
        lock (_lock)
            return [.. _records.Values.Where(record => record.DiffId == diffId).OrderByDescending(record => Holds(record.Digest))];
    }

    /// <summary>The bytes are here, whole.</summary>
    public bool Holds(Digest digest) => File.Exists(_folders.Whole(digest));

    public FileStream OpenRead(Digest digest) =>
        new(_folders.Whole(digest), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>While the lease is held the blob's files stay.</summary>
    public IDisposable Lease(Digest digest)
    {
        lock (_lock)
            _leases[digest] = _leases.GetValueOrDefault(digest) + 1;
        return new BlobLease(this, digest);
    }

    /// <summary>Goes on with a blob where an earlier try ended. Hold a lease.</summary>
    public BlobDraft Continue(Digest digest, long size) => new(_folders.Partial(digest), size);

    /// <summary>A blob whose digest its content will tell.</summary>
    public BlobDraft Begin() => new(_folders.Unnamed(), longest: 0);

    /// <summary>A draft is whole and its digest proved right: its layer must be in use by the caller.</summary>
    public void Keep(BlobDraft draft, BlobRecord record)
    {
        draft.Keep(_folders.Whole(record.Digest));
        Note(record with { UnsyncedBoot = BootId.Current });
    }

    /// <summary>Remembers what a registry calls a layer, and which repository said so.</summary>
    public void Note(BlobRecord record)
    {
        lock (_lock)
        {
            var known = _records.GetValueOrDefault(record.Digest);
            Put(known is null ? record : record with
            {
                UnsyncedBoot = record.UnsyncedBoot ?? known.UnsyncedBoot,
                Repositories = [.. known.Repositories.Except(record.Repositories), .. record.Repositories],
            });
        }
    }

    /// <summary>The repository has the blob after all, or no longer.</summary>
    public void SetPresent(Digest digest, string repository, bool present)
    {
        lock (_lock)
        {
            if (!_records.TryGetValue(digest, out var record) || record.Repositories.Contains(repository) == present)
                return;
            var others = record.Repositories.Where(other => other != repository);
            Put(record with { Repositories = present ? [.. others, repository] : [.. others] });
        }
    }

    /// <summary>Keeps a small document. Hold a lease until an image names it.</summary>
    public void PutDocument(Digest digest, ReadOnlySpan<byte> content)
    {
        if (Holds(digest))
            return;
        using var draft = Begin();
        try
        {
            draft.Write(content);
            draft.Keep(_folders.Whole(digest));
        }
        catch
        {
            draft.Discard();
            throw;
        }
    }

    /// <summary>Null when it is not here, or no longer what its name says.</summary>
    public byte[]? TryReadDocument(Digest digest)
    {
        try
        {
            var content = File.ReadAllBytes(_folders.Whole(digest));
            return Digest.Of(digest.Algorithm, content) == digest ? content : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>An image went: its blobs go unless something else needs them.</summary>
    public void Forget(IEnumerable<Digest> diffIds, IEnumerable<Digest> manifests)
    {
        var layers = diffIds.ToHashSet();
        var named = NamedManifests();
        List<Digest> doomed;
        lock (_lock)
            doomed = [.. _records.Values.Where(record => layers.Contains(record.DiffId) && !_layers.Has(record.DiffId)).Select(record => record.Digest)];
        foreach (var digest in doomed.Concat(manifests.Where(manifest => !named.Contains(manifest))))
            Remove(digest);
    }

    /// <summary>Gives the space of these blobs back unless something needs them.</summary>
    public void Discard(IEnumerable<Digest> digests)
    {
        foreach (var digest in digests.Where(digest => Find(digest) is not { } record || !_layers.Has(record.DiffId)))
            Remove(digest);
    }

    /// <summary>The blob is not what its name says.</summary>
    public void Drop(Digest digest)
    {
        lock (_lock)
        {
            File.Delete(_folders.Whole(digest));
            Erase(digest);
        }
    }

    /// <summary>Removes what nothing names: what has lain for a day, or everything. Returns the bytes that freed.</summary>
    public long Sweep(bool everything)
    {
        var named = NamedManifests();
        var before = everything ? DateTimeOffset.MaxValue : _time.GetUtcNow() - UnusedLife;
        long freed = 0;
        foreach (var (digest, file) in _folders.PartialFiles().Concat(_folders.WholeFiles().Where(blob => !IsNeeded(blob.Digest, named))))
        {
            if (file.LastWriteTimeUtc < before && (digest.HasValue ? !IsLeased(digest) : !everything))
                freed += Remove(digest, file);
        }

        lock (_lock)
        {
            foreach (var digest in _records.Values.Where(record => !_layers.Has(record.DiffId) && !Holds(record.Digest) && !_leases.ContainsKey(record.Digest)).Select(record => record.Digest).ToList())
                Erase(digest);
        }

        return freed;
    }

    /// <summary>At start: a power loss may have torn files that were written in its boot.</summary>
    public void DropTorn()
    {
        List<BlobRecord> doubtful;
        lock (_lock)
            doubtful = [.. _records.Values.Where(record => record.UnsyncedBoot is { } boot && boot != BootId.Current)];
        foreach (var record in doubtful)
        {
            if (Holds(record.Digest) && !IsSound(record.Digest))
            {
                Log.Torn(_logger, record.Digest.Value);
                File.Delete(_folders.Whole(record.Digest));
            }

            lock (_lock)
                Put(record with { UnsyncedBoot = null });
        }
    }

    /// <summary>Brings blobs written in this boot to the disk, then says so in their records.</summary>
    public void Sync()
    {
        List<BlobRecord> unsynced;
        lock (_lock)
            unsynced = [.. _records.Values.Where(record => record.UnsyncedBoot == BootId.Current)];
        if (unsynced.Count == 0)
            return;

        using (var folder = FileDescriptor.Open(_folders.Root, OpenAt.DirectoryOnly))
            FileSystem.Sync(folder);
        lock (_lock)
        {
            foreach (var record in unsynced)
            {
                if (_records.TryGetValue(record.Digest, out var now))
                    Put(now with { UnsyncedBoot = null });
            }
        }
    }

    private bool IsSound(Digest digest)
    {
        using var hash = new DigestHash(digest.Algorithm);
        using var file = OpenRead(digest);
        var buffer = new byte[256 * 1024];
        int count;
        while ((count = file.Read(buffer)) > 0)
            hash.Append(buffer.AsSpan(0, count));
        return hash.Complete() == digest;
    }

    private bool IsNeeded(Digest digest, IReadOnlySet<Digest> named) =>
        named.Contains(digest) || (Find(digest) is { } record && _layers.Has(record.DiffId));

    private bool IsLeased(Digest digest)
    {
        lock (_lock)
            return _leases.ContainsKey(digest);
    }

    private void Remove(Digest digest)
    {
        lock (_lock)
        {
            if (_leases.ContainsKey(digest))
                return;
            File.Delete(_folders.Whole(digest));
            File.Delete(_folders.Partial(digest));
            Erase(digest);
        }
    }

    private long Remove(Digest digest, FileInfo file)
    {
        lock (_lock)
        {
            if (digest.HasValue && _leases.ContainsKey(digest))
                return 0;
            var bytes = file.Length;
            file.Delete();
            Log.Removed(_logger, file.FullName, bytes);
            return bytes;
        }
    }

    private void Put(BlobRecord record)
    {
        _table.Put(record.Digest.Value, record);
        _records[record.Digest] = record;
    }

    private void Erase(Digest digest)
    {
        if (_records.Remove(digest))
            _table.Delete(digest.Value);
    }

    private void Release(Digest digest)
    {
        lock (_lock)
        {
            if (--_leases[digest] == 0)
                _leases.Remove(digest);
        }
    }

    private sealed class BlobLease(BlobStore store, Digest digest) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
                store.Release(digest);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3200, Level = LogLevel.Information, Message = "removed {File}, {Bytes} bytes that no image needs")]
        public static partial void Removed(ILogger logger, string file, long bytes);

        [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "blob {Digest} was damaged when the machine went down; it is pulled or made again when needed")]
        public static partial void Torn(ILogger logger, string digest);
    }
}
