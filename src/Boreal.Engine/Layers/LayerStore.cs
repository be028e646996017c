using Boreal.Engine.Errors;
using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Oci.Content;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Layers;

/// <summary>
/// The unpacked layers of all images, each once, by the digest of its uncompressed tar. A layer lives as long as somebody
/// uses it. Folders no record names are what a crash left, and go at start.
/// </summary>
internal sealed partial class LayerStore
{
    public const string TreeFolder = "diff";
    public const uint TreeMode = 0x1ED; // 0755

    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, LayerRecord> _layers = [];
    private readonly Dictionary<Digest, int> _uses = [];
    private readonly Table<LayerRecord> _table;
    private readonly ILogger<LayerStore> _logger;
    private long _lastNumber;

    public LayerStore(NodePaths paths, Database database, ILogger<LayerStore> logger)
    {
        Folder = Path.Combine(paths.DataRoot, "layers");
        _logger = logger;
        SpreadFolder.Create(Folder);
        _table = database.Table("layers", StorageJson.Default.LayerRecord);
        foreach (var (_, layer) in _table.Load())
        {
            _layers.Add(layer.DiffId, layer);
            _lastNumber = Math.Max(_lastNumber, layer.Number);
        }

        foreach (var folder in Directory.EnumerateDirectories(Folder))
            _lastNumber = Math.Max(_lastNumber, NumberOf(folder));
    }

    /// <summary>The folder all layers lie in.</summary>
    public string Folder { get; }

    public string TreeOf(long number) => Path.Combine(Folder, $"{number}", TreeFolder);

    /// <summary>A folder to unpack the next layer in.</summary>
    public LayerDraft CreateDraft() => new(Folder, Interlocked.Increment(ref _lastNumber));

    public LayerRecord Get(Digest diffId)
    {
        lock (_lock)
            return _layers.TryGetValue(diffId, out var layer) ? layer : throw new EngineException(ErrorKind.Internal, $"layer {diffId} is missing");
    }

    public LayerRecord? TryGet(Digest diffId)
    {
        lock (_lock)
            return _layers.GetValueOrDefault(diffId);
    }

    public bool Has(Digest diffId) => TryGet(diffId) is not null;

    /// <summary>Counts one more use of a layer, so that it stays; null when there is no such layer.</summary>
    public LayerRecord? TryUse(Digest diffId)
    {
        lock (_lock)
        {
            if (!_layers.TryGetValue(diffId, out var layer))
                return null;
            _uses[diffId] = _uses.GetValueOrDefault(diffId) + 1;
            return layer;
        }
    }

    /// <summary>Makes a finished draft a layer and counts one use. The same content kept twice is one layer.</summary>
    public LayerRecord Keep(LayerDraft draft, LayerContent content)
    {
        lock (_lock)
        {
            if (TryUse(content.DiffId) is { } known)
                return known;

            var layer = new LayerRecord
            {
                DiffId = content.DiffId,
                Number = draft.Number,
                Size = content.Size,
                TarSize = content.TarSize,
                UnsyncedBoot = BootId.Current,
            };
            draft.Keep();
            _table.Put(content.DiffId.Value, layer);
            _layers.Add(content.DiffId, layer);
            _uses[content.DiffId] = 1;
            return layer;
        }
    }

    /// <summary>One use less; the last one takes the layer with it.</summary>
    public void Release(IEnumerable<Digest> diffIds)
    {
        foreach (var diffId in diffIds)
        {
            LayerRecord? unused = null;
            lock (_lock)
            {
                var uses = _uses.GetValueOrDefault(diffId) - 1;
                if (uses > 0)
                {
                    _uses[diffId] = uses;
                }
                else if (_layers.Remove(diffId, out unused))
                {
                    _uses.Remove(diffId);
                    _table.Delete(diffId.Value);
                }
            }

            if (unused is not null)
                RemoveFolder(unused.Number);
        }
    }

    /// <summary>Removes a folder whose record is gone already, or never was.</summary>
    public void RemoveFolder(long number)
    {
        var folder = Path.Combine(Folder, $"{number}");
        var doomed = folder + LayerDraft.Suffix;
        // Renamed first: a crash while deleting must not leave half a layer under a name that counts.
        if (Directory.Exists(folder))
            Directory.Move(folder, doomed);
        TreeRemover.Remove(doomed);
    }

    /// <summary>At start, after every user has counted its uses: what nobody uses or names goes.</summary>
    public void RemoveUnused(IReadOnlySet<long> alsoUsed)
    {
        List<Digest> unused;
        lock (_lock)
            unused = [.. _layers.Keys.Where(diffId => !_uses.ContainsKey(diffId))];
        Release(unused);

        HashSet<string> named;
        lock (_lock)
            named = [.. _layers.Values.Select(layer => $"{layer.Number}"), .. alsoUsed.Select(number => $"{number}")];
        // Folders made from here on have higher numbers: only what is there now is stray. Deleting takes long and nobody waits for it.
        var strays = Directory.GetDirectories(Folder).Where(folder => !named.Contains(Path.GetFileName(folder))).ToList();
        if (strays.Count > 0)
            Cleaning = Task.Run(() => RemoveStrays(strays));
    }

    /// <summary>The removal of what a crash left, begun by <see cref="RemoveUnused"/>.</summary>
    public Task Cleaning { get; private set; } = Task.CompletedTask;

    private void RemoveStrays(List<string> folders)
    {
        foreach (var folder in folders)
        {
            Log.RemovingStray(_logger, folder);
            try
            {
                // A tree that a build was at work on; any other folder has no such place.
                Linux.Syscalls.Mount.TryDetach(Path.Combine(folder, WorkTree.MergedFolder), out _, Linux.Syscalls.UnmountFlags.Detach);
                TreeRemover.Remove(folder);
            }
            catch (LinuxException exception)
            {
                Log.StrayStays(_logger, folder, exception);
            }
        }
    }

    /// <summary>Rebuilds the layer's uncompressed tar; fails when it is not what its digest says.</summary>
    public void CopyTar(Digest diffId, Stream target, CancellationToken cancellationToken)
    {
        var layer = Get(diffId);
        using var hashing = new HashingStream(target);
        new RecipeReader(Path.Combine(Folder, $"{layer.Number}")).CopyTo(hashing, cancellationToken);
        var digest = hashing.Complete();
        if (digest != diffId)
            throw new EngineException(ErrorKind.Internal, $"layer {diffId} is damaged on disk: its files give {digest}; load the image again");
    }

    /// <summary>Brings layers written in this boot to the disk, then says so in their records.</summary>
    public void Sync()
    {
        List<LayerRecord> unsynced;
        lock (_lock)
            unsynced = [.. _layers.Values.Where(layer => layer.UnsyncedBoot == BootId.Current)];
        if (unsynced.Count == 0)
            return;

        using (var folder = FileDescriptor.Open(Folder, OpenAt.DirectoryOnly))
            FileSystem.Sync(folder);
        lock (_lock)
        {
            foreach (var layer in unsynced.Where(layer => _layers.TryGetValue(layer.DiffId, out var now) && now == layer))
            {
                _layers[layer.DiffId] = layer with { UnsyncedBoot = null };
                _table.Put(layer.DiffId.Value, _layers[layer.DiffId]);
            }
        }
    }

    /// <summary>Layers a power loss may have damaged that in fact are; the others are marked sound.</summary>
    public IReadOnlyList<Digest> FindDamaged()
    {
        List<LayerRecord> doubtful;
        lock (_lock)
            doubtful = [.. _layers.Values.Where(layer => layer.UnsyncedBoot is { } boot && boot != BootId.Current)];

        var damaged = new List<Digest>();
        foreach (var layer in doubtful)
        {
            try
            {
                CopyTar(layer.DiffId, Stream.Null, CancellationToken.None);
                lock (_lock)
                {
                    _layers[layer.DiffId] = layer with { UnsyncedBoot = BootId.Current };
                }
            }
            catch (Exception exception) when (exception is IOException or EngineException or InvalidDataException)
            {
                Log.Damaged(_logger, layer.DiffId.Value, exception);
                damaged.Add(layer.DiffId);
            }
        }

        return damaged;
    }

    public long TotalSize()
    {
        lock (_lock)
            return _layers.Values.Sum(layer => layer.Size);
    }

    private static long NumberOf(string folder)
    {
        var name = Path.GetFileName(folder);
        var end = name.IndexOf('.');
        return long.TryParse(end < 0 ? name : name[..end], out var number) ? number : 0;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3100, Level = LogLevel.Information, Message = "removing {Folder}: no layer names it")]
        public static partial void RemovingStray(ILogger logger, string folder);

        [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "{Folder} could not be removed, the next start tries again")]
        public static partial void StrayStays(ILogger logger, string folder, Exception exception);

        [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "layer {DiffId} was damaged when the machine went down; load its images again")]
        public static partial void Damaged(ILogger logger, string diffId, Exception exception);
    }
}
