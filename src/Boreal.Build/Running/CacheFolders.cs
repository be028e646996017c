using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Boreal.Build.Caching;
using Boreal.Build.Graph;
using Boreal.Build.Trees;
using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Running;

/// <summary>The folders of cache mounts, kept from build to build. An id is any text, so a folder is named by its digest.</summary>
internal sealed class CacheFolders : IKeptFolders
{
    private const string Unfinished = ".new";
    private const string FolderKind = "exec.cachemount";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SemaphoreSlim> _locks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _private = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly FolderLedger _ledger;

    public CacheFolders(NodePaths paths, FolderLedger ledger)
    {
        _ledger = ledger;
        Root = Path.Combine(paths.DataRoot, "build", "caches");
        // What a daemon before us was filling.
        if (!Directory.Exists(Root))
            return;
        foreach (var unfinished in Directory.GetDirectories(Root, "*" + Unfinished))
            TreeRemover.Remove(unfinished);
    }

    public string Kind => FolderKind;

    public string Root { get; }

    /// <summary>The folder of a cache mount, for one program; with <see cref="CacheSharing.Locked"/> when no other has it.</summary>
    /// <param name="mount">The mount.</param>
    /// <param name="description">What it is, for who lists the cache.</param>
    /// <param name="source">Fills a new one; none for an empty one.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<CacheFolder> OpenAsync(MountPoint mount, string description, SourceTree? source, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mount.Id)))[..32];
        switch (mount.Sharing)
        {
            case CacheSharing.Locked:
                var turn = LockOf(name);
                await turn.WaitAsync(cancellationToken);
                return Make(name, mount, description, source, () => turn.Release(), cancellationToken);
            case CacheSharing.Private:
                var own = TakePrivate(name);
                return Make(own, mount, description, source, () => ReturnPrivate(own), cancellationToken);
            default:
                return Make(name, mount, description, source, static () => { }, cancellationToken);
        }
    }

    public bool IsInUse(string name)
    {
        lock (_lock)
            return _uses.ContainsKey(name);
    }

    public bool TryRemove(string name)
    {
        lock (_lock)
        {
            var path = Path.Combine(Root, name);
            if (_uses.ContainsKey(name) || !Directory.Exists(path))
                return false;
            FolderLedger.Doom(path);
        }

        _ledger.Forget(FolderKind, name);
        _ledger.RemoveDoomed(Root);
        return true;
    }

    private CacheFolder Make(string name, MountPoint mount, string description, SourceTree? source, Action release, CancellationToken cancellationToken)
    {
        lock (_lock)
            _uses[name] = _uses.GetValueOrDefault(name) + 1;
        try
        {
            var path = Path.Combine(Root, name);
            lock (_lock)
            {
                if (!Directory.Exists(path))
                    Fill(path, mount, source, cancellationToken);
            }

            _ledger.Use(FolderKind, name, description);
            return new CacheFolder(path, () => Release(name, release));
        }
        catch
        {
            Release(name, release);
            throw;
        }
    }

    private void Release(string name, Action release)
    {
        lock (_lock)
        {
            if (--_uses[name] == 0)
                _uses.Remove(name);
        }

        release();
    }

    // Under another name until it is whole: a crash leaves nothing that looks like a cache.
    private void Fill(string path, MountPoint mount, SourceTree? source, CancellationToken cancellationToken)
    {
        var unfinished = path + Unfinished;
        TreeRemover.Remove(unfinished);
        SpreadFolder.Create(Root);
        using var root = FileDescriptor.Open(Root, OpenAt.DirectoryOnly);
        if (source is null)
        {
            TargetFolders.Make(root, Path.GetFileName(unfinished), TargetFolders.UsualMode, new CopyRules()).Dispose();
        }
        else
        {
            var (folder, name) = RootedPath.Split(RootedPath.Resolve(source.Root, mount.SourcePath));
            using var parent = RootedPath.OpenFolder(source.Root, folder == "." ? "" : folder);
            using var copier = new SelectionCopier(new CopyRules());
            copier.Begin(root, Path.GetFileName(unfinished));
            new SelectionWalk(copier, null, null, cancellationToken).Entry(parent, name);
        }

        Directory.Move(unfinished, path);
    }

    private SemaphoreSlim LockOf(string name)
    {
        lock (_lock)
        {
            if (!_locks.TryGetValue(name, out var turn))
                _locks.Add(name, turn = new SemaphoreSlim(1));
            return turn;
        }
    }

    private string TakePrivate(string name)
    {
        lock (_lock)
        {
            var candidate = name;
            for (var i = 1; !_private.Add(candidate); i++)
                candidate = $"{name}-{i.ToString(CultureInfo.InvariantCulture)}";
            return candidate;
        }
    }

    private void ReturnPrivate(string name)
    {
        lock (_lock)
            _private.Remove(name);
    }
}
