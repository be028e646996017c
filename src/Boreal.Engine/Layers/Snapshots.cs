using System.Collections.Concurrent;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Linux.Syscalls;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Layers;

/// <summary>
/// Root file systems of containers: image layers, the init layer, and a writable layer per container, joined by
/// overlayfs. Mounted while the container runs or somebody looks into it.
/// </summary>
public sealed class Snapshots
{
    private readonly Lock _mounting = new();
    private readonly ConcurrentDictionary<ContainerId, SnapshotRecord> _records = new();
    private readonly Dictionary<ContainerId, Holds> _holds = [];
    private readonly string _folder;
    private readonly string _empty;
    private readonly string _scratch;
    private readonly LayerStore _layers;
    private readonly InitLayers _initLayers;
    private readonly OverlayMounts _mounts;
    private readonly Table<SnapshotRecord> _table;

    internal Snapshots(NodePaths paths, Database database, LayerStore layers, InitLayers initLayers, OverlayMounts mounts)
    {
        _folder = Path.Combine(paths.DataRoot, "snapshots");
        _empty = Path.Combine(_folder, ".empty");
        _scratch = Path.Combine(_folder, ".view");
        _layers = layers;
        _initLayers = initLayers;
        _mounts = mounts;
        SpreadFolder.Create(_folder);
        Directory.CreateDirectory(_empty);
        Directory.CreateDirectory(_scratch);
        _table = database.Table("snapshots", StorageJson.Default.SnapshotRecord);
        foreach (var (id, record) in _table.Load())
        {
            _records[ContainerId.Parse(id)] = record;
            if (record.InitLayer != 0)
                initLayers.UseKnown(record.ImageId);
            foreach (var diffId in record.Layers)
                layers.TryUse(diffId);
        }
    }

    /// <summary>Makes the writable layer of a new container.</summary>
    public Task CreateAsync(ContainerId id, Image image, CancellationToken cancellationToken) => CreateAsync(id, image, withInit: true, cancellationToken);

    /// <summary>The image's tree and nothing else, for a look into it.</summary>
    internal Task CreateBareAsync(ContainerId id, Image image, CancellationToken cancellationToken) => CreateAsync(id, image, withInit: false, cancellationToken);

    private Task CreateAsync(ContainerId id, Image image, bool withInit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var used = new List<Oci.Content.Digest>();
        var initUsed = false;
        try
        {
            foreach (var diffId in image.LayerChain)
            {
                if (_layers.TryUse(diffId) is null)
                    throw new EngineException(ErrorKind.NotFound, $"No such image: {image.Id}");
                used.Add(diffId);
            }

            var initLayer = withInit ? _initLayers.Use(image) : 0;
            initUsed = withInit;
            MakeFolders(id);
            var record = new SnapshotRecord { ImageId = image.Id.ToString(), Layers = used, InitLayer = initLayer };
            _table.Put(id.Value, record);
            _records[id] = record;
            return Task.CompletedTask;
        }
        catch
        {
            _layers.Release(used);
            if (initUsed)
                _initLayers.Release(image.Id.ToString());
            TreeRemover.Remove(FolderOf(id));
            throw;
        }
    }

    /// <summary>Mounts the container's file system and keeps it mounted; returns where. Again is no error.</summary>
    public string Mount(ContainerId id)
    {
        lock (_mounting)
        {
            var path = MountOnce(id);
            HoldsOf(id).Running = true;
            return path;
        }
    }

    /// <summary>Takes the mount away, as soon as nobody looks into it. Again is no error.</summary>
    public void Unmount(ContainerId id)
    {
        lock (_mounting)
        {
            HoldsOf(id).Running = false;
            UnmountIfUnused(id);
        }
    }

    /// <summary>The merged file system, running or not; unmounted again when nobody needs it.</summary>
    public SnapshotView Open(ContainerId id)
    {
        lock (_mounting)
        {
            _ = RecordOf(id);
            // Mounted before we began to count: a container that outlived the daemon before us.
            if (!_holds.ContainsKey(id) && IsMounted(id))
                HoldsOf(id).Running = true;
            var path = MountOnce(id);
            HoldsOf(id).Viewers++;
            return new SnapshotView(path, () => Close(id));
        }
    }

    /// <summary>False when no layer has the first part of the path: nothing can be there then. Costs no mount.</summary>
    internal bool MayHave(ContainerId id, string path)
    {
        var first = TreePath.Clean(path)?.Split('/')[0];
        return string.IsNullOrEmpty(first) || Lowers(RecordOf(id)).Any(number =>
        {
            using var tree = FileDescriptor.Open(_layers.TreeOf(number), OpenFlags.PathOnly | OpenAt.DirectoryOnly);
            return StatAt.TryGet(tree, first, out _) is not null;
        });
    }

    /// <summary>Removes the container's layer; no error when there is none.</summary>
    public Task RemoveAsync(ContainerId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Forget(id);
        RemoveTree(id);
        return Task.CompletedTask;
    }

    /// <summary>The quick part of a removal: the layer is nobody's afterwards, and gone at the next start at the latest.</summary>
    internal void Forget(ContainerId id)
    {
        lock (_mounting)
            _holds.Remove(id);
        if (_records.TryRemove(id, out var record))
        {
            _table.Delete(id.Value);
            _layers.Release(record.Layers);
            if (record.InitLayer != 0)
                _initLayers.Release(record.ImageId);
        }
    }

    /// <summary>The rest of it: unmounting, for which overlayfs syncs, and removing, which takes as long as there are files.</summary>
    internal void RemoveTree(ContainerId id)
    {
        DetachMount(MergedOf(id));
        TreeRemover.Remove(FolderOf(id));
    }

    /// <summary>What the container changed, sorted by path.</summary>
    public IReadOnlyList<Change> Changes(ContainerId id)
    {
        var record = RecordOf(id);
        FileDescriptor below;
        lock (_mounting)
            below = _mounts.OpenView(Lowers(record), _empty, _scratch);
        using (below)
        using (var upper = FileDescriptor.Open(UpperOf(id), OpenAt.DirectoryOnly))
            return TreeComparison.Compare(upper, below);
    }

    /// <summary>The whole file system as tar, without what is mounted into it. Blocks on the target.</summary>
    public void Export(ContainerId id, Stream target, CancellationToken cancellationToken)
    {
        using var view = Open(id);
        using var root = FileDescriptor.Open(view.Path, OpenAt.DirectoryOnly);
        var writer = new TarWriter(target);
        new TreePacker(writer, cancellationToken).Contents(root, "");
        writer.End();
    }

    /// <summary>The writable layer alone as a layer's tar. Blocks on the target.</summary>
    internal void PackChanges(ContainerId id, Stream target, CancellationToken cancellationToken)
    {
        _ = RecordOf(id);
        using var upper = FileDescriptor.Open(UpperOf(id), OpenAt.DirectoryOnly);
        var writer = new TarWriter(target);
        new TreePacker(writer, cancellationToken) { Whiteouts = true }.Contents(upper, "");
        writer.End();
    }

    /// <summary>The image layers a container stands on, bottom first.</summary>
    internal IReadOnlyList<Oci.Content.Digest> LayersOf(ContainerId id) => RecordOf(id).Layers;

    /// <summary>Bytes the container has written.</summary>
    public long SizeRw(ContainerId id)
    {
        _ = RecordOf(id);
        using var upper = FileDescriptor.Open(UpperOf(id), OpenAt.DirectoryOnly);
        return TreeSize.Measure(upper);
    }

    /// <summary>Bytes of the whole file system: the image's layers and what the container has written.</summary>
    public long SizeRootFs(ContainerId id) => RecordOf(id).Layers.Sum(diffId => _layers.Get(diffId).Size) + SizeRw(id);

    /// <summary>Docker's GraphDriver data of a container.</summary>
    public LayerFolders Folders(ContainerId id)
    {
        var record = RecordOf(id);
        return new LayerFolders(
            string.Join(':', Lowers(record).Select(_layers.TreeOf)), MergedOf(id), UpperOf(id), Path.Combine(FolderOf(id), "work"));
    }

    /// <summary>At start, when all containers are known: what belongs to none of them goes, and with it what nobody else needs.</summary>
    public async Task StartAsync(IReadOnlySet<ContainerId> known, CancellationToken cancellationToken)
    {
        foreach (var id in _records.Keys.Where(id => !known.Contains(id)))
            await RemoveAsync(id, cancellationToken);
        RemoveStrays();
        RemoveUnused();
    }

    /// <summary>Removes layers that neither images nor containers use; set by the composition of the storage rooms.</summary>
    internal Action RemoveUnused { get; set; } = static () => { };

    private void RemoveStrays()
    {
        DetachMount(_scratch);
        foreach (var folder in Directory.EnumerateDirectories(_folder))
        {
            var name = Path.GetFileName(folder);
            if (name.StartsWith('.') || ContainerId.IsValid(name) && _records.ContainsKey(ContainerId.Parse(name)))
                continue;
            DetachMount(Path.Combine(folder, "merged"));
            TreeRemover.Remove(folder);
        }
    }

    private void MakeFolders(ContainerId id)
    {
        Directory.CreateDirectory(FolderOf(id));
        using var folder = FileDescriptor.Open(FolderOf(id), OpenAt.DirectoryOnly);
        foreach (var part in (ReadOnlySpan<string>)["upper", "work", "merged"])
        {
            NodeAt.MakeDirectory(folder, part, LayerStore.TreeMode);
            AttributesAt.SetMode(folder, part, LayerStore.TreeMode);
        }
    }

    private IEnumerable<long> Lowers(SnapshotRecord record) =>
        (record.InitLayer == 0 ? [] : new[] { record.InitLayer }).Concat(record.Layers.Reverse().Select(diffId => _layers.Get(diffId).Number));

    private string MountOnce(ContainerId id)
    {
        var merged = MergedOf(id);
        var record = RecordOf(id);
        if (IsMounted(id))
            return merged;
        _mounts.Mount(Lowers(record), UpperOf(id), Path.Combine(FolderOf(id), "work"), merged);
        return merged;
    }

    private bool IsMounted(ContainerId id)
    {
        using var folder = FileDescriptor.Open(FolderOf(id), OpenFlags.PathOnly | OpenAt.DirectoryOnly);
        return StatAt.Get(folder).FileSystem != StatAt.Get(folder, "merged").FileSystem;
    }

    private Holds HoldsOf(ContainerId id)
    {
        if (!_holds.TryGetValue(id, out var holds))
            _holds.Add(id, holds = new Holds());
        return holds;
    }

    private void Close(ContainerId id)
    {
        lock (_mounting)
        {
            if (!_holds.TryGetValue(id, out var holds))
                return;
            holds.Viewers--;
            UnmountIfUnused(id);
        }
    }

    private void UnmountIfUnused(ContainerId id)
    {
        if (!_holds.TryGetValue(id, out var holds) || holds.Running || holds.Viewers > 0)
            return;
        _holds.Remove(id);
        DetachMount(MergedOf(id));
    }

    private static void DetachMount(string path)
    {
        if (!Linux.Syscalls.Mount.TryDetach(path, out var errno, UnmountFlags.Detach) && errno is not (Errno.EINVAL or Errno.ENOENT))
            throw new LinuxException(errno, "umount2", path);
    }

    private SnapshotRecord RecordOf(ContainerId id) =>
        _records.TryGetValue(id, out var record) ? record : throw new EngineException(ErrorKind.NotFound, $"No such container: {id}");

    private string FolderOf(ContainerId id) => Path.Combine(_folder, id.Value);

    private string UpperOf(ContainerId id) => Path.Combine(FolderOf(id), "upper");

    private string MergedOf(ContainerId id) => Path.Combine(FolderOf(id), "merged");

    private sealed class Holds
    {
        public bool Running { get; set; }

        public int Viewers { get; set; }
    }
}
