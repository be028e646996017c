using Boreal.Engine.Images;
using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Linux.Syscalls;

namespace Boreal.Engine.Layers;

/// <summary>
/// The layer between an image and a container's writable one: the mount points every container needs (/etc/hosts,
/// /dev/console, ...) and /.dockerenv. Made once per image and shared, so that making a container costs no files;
/// being a layer of its own, neither diff nor commit see it.
/// </summary>
internal sealed class InitLayers
{
    // As Docker's own init layer makes them.
    private static readonly string[] Directories = ["dev/pts", "dev/shm", "proc", "sys"];
    private static readonly string[] Files = [".dockerenv", "etc/resolv.conf", "etc/hosts", "etc/hostname", "dev/console"];
    private const string MountTable = "etc/mtab";
    private const string MountTableTarget = "/proc/mounts";
    private const uint Mode = 0x1ED; // 0755

    private readonly Lock _lock = new();
    private readonly LayerStore _layers;
    private readonly OverlayMounts _mounts;
    private readonly Table<InitLayerRecord> _table;
    private readonly Dictionary<string, long> _numbers = [];
    private readonly Dictionary<string, int> _uses = [];
    private readonly HashSet<string> _orphans = [];

    public InitLayers(LayerStore layers, OverlayMounts mounts, Database database)
    {
        _layers = layers;
        _mounts = mounts;
        _table = database.Table("init_layers", StorageJson.Default.InitLayerRecord);
        foreach (var (imageId, record) in _table.Load())
            _numbers.Add(imageId, record.Number);
    }

    public IReadOnlySet<long> Numbers
    {
        get
        {
            lock (_lock)
                return _numbers.Values.ToHashSet();
        }
    }

    /// <summary>The image's init layer, made when there is none yet; counts one use.</summary>
    public long Use(Image image) => Use(image.Id.ToString(), () => image.LayerChain.Reverse().Select(diffId => _layers.Get(diffId).Number));

    /// <summary>One more use of a layer that a remembered container has.</summary>
    public void UseKnown(string imageId)
    {
        lock (_lock)
            _uses[imageId] = _uses.GetValueOrDefault(imageId) + 1;
    }

    public void Release(string imageId)
    {
        lock (_lock)
        {
            var uses = _uses.GetValueOrDefault(imageId) - 1;
            if (uses > 0)
            {
                _uses[imageId] = uses;
                return;
            }

            _uses.Remove(imageId);
            if (_orphans.Remove(imageId))
                Remove(imageId);
        }
    }

    /// <summary>The image is gone: its init layer goes with the last container that uses it.</summary>
    public void ImageRemoved(string imageId)
    {
        lock (_lock)
        {
            if (_uses.ContainsKey(imageId))
                _orphans.Add(imageId);
            else
                Remove(imageId);
        }
    }

    /// <summary>At start: layers of images that are gone and that no container uses.</summary>
    public void RemoveUnused(IReadOnlySet<string> images)
    {
        string[] gone;
        lock (_lock)
            gone = [.. _numbers.Keys.Where(imageId => !images.Contains(imageId))];
        foreach (var imageId in gone)
            ImageRemoved(imageId);
    }

    private long Use(string imageId, Func<IEnumerable<long>> lowers)
    {
        lock (_lock)
        {
            if (!_numbers.TryGetValue(imageId, out var number))
            {
                number = Make(lowers().ToList());
                _table.Put(imageId, new InitLayerRecord(number));
                _numbers.Add(imageId, number);
            }

            _orphans.Remove(imageId);
            _uses[imageId] = _uses.GetValueOrDefault(imageId) + 1;
            return number;
        }
    }

    private void Remove(string imageId)
    {
        if (!_numbers.Remove(imageId, out var number))
            return;
        _table.Delete(imageId);
        _layers.RemoveFolder(number);
    }

    private long Make(List<long> lowers)
    {
        using var draft = _layers.CreateDraft();
        if (lowers.Count == 0)
        {
            using var tree = FileDescriptor.Open(draft.Tree, OpenAt.DirectoryOnly);
            Fill(tree);
        }
        else
        {
            var work = Directory.CreateDirectory(Path.Combine(draft.Folder, "work")).FullName;
            var merged = Directory.CreateDirectory(Path.Combine(draft.Folder, "merged")).FullName;
            _mounts.Mount(lowers, draft.Tree, work, merged);
            try
            {
                using var root = FileDescriptor.Open(merged, OpenAt.DirectoryOnly);
                Fill(root);
            }
            finally
            {
                Mount.Detach(merged, UnmountFlags.Detach);
            }
        }

        draft.Keep();
        return draft.Number;
    }

    private static void Fill(FileDescriptor root)
    {
        foreach (var path in Directories)
        {
            Clear(root, path);
            if (!Exists(root, path))
                MakeFolders(root, path);
        }

        foreach (var path in Files)
        {
            using var folder = Prepare(root, path, out var name);
            if (!Exists(root, path))
            {
                using var file = OpenAt.Open(folder, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, ResolveFlags.None, Mode);
                AttributesAt.SetMode(file, Mode);
            }
        }

        using var tableFolder = Prepare(root, MountTable, out var table);
        _ = NodeAt.TryMakeSymbolicLink(MountTableTarget, tableFolder, table);
    }

    private static FileDescriptor Prepare(FileDescriptor root, string path, out string name)
    {
        Clear(root, path);
        (var parent, name) = TreePath.Split(path);
        return MakeFolders(root, parent);
    }

    // Whatever an image has in the way of a mount point goes, links above all; directories stay.
    private static void Clear(FileDescriptor root, string path)
    {
        var prefix = "";
        foreach (var part in path.Split('/'))
        {
            using var folder = OpenFolder(root, prefix, out _);
            if (folder is null)
                return;
            _ = NodeAt.TryUnlink(folder, part);
            prefix = TreePath.Join(prefix, part);
        }
    }

    private static bool Exists(FileDescriptor root, string path)
    {
        using var found = OpenAt.TryOpen(root, path, OpenFlags.PathOnly, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, 0, out var errno);
        return found is not null || errno is not (Errno.ENOENT or Errno.ENOTDIR);
    }

    private static FileDescriptor? OpenFolder(FileDescriptor root, string path, out int errno) =>
        OpenAt.TryOpen(root, path.Length == 0 ? "." : path, OpenFlags.PathOnly | OpenAt.DirectoryOnly, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, 0, out errno);

    private static FileDescriptor MakeFolders(FileDescriptor root, string path)
    {
        if (OpenFolder(root, path, out _) is { } existing)
            return existing;
        var (parentPath, name) = TreePath.Split(path);
        using (var parent = MakeFolders(root, parentPath))
        {
            NodeAt.MakeDirectory(parent, name, Mode);
            AttributesAt.SetMode(parent, name, Mode);
        }

        return OpenFolder(root, path, out var errno) ?? throw new LinuxException(errno, "openat2", path);
    }
}
