using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Boreal.Build.Graph;
using Boreal.Build.Trees;
using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Running;

/// <summary>The folders of cache mounts, kept from build to build. An id is any text, so a folder is named by its digest.</summary>
internal sealed class CacheFolders(NodePaths paths)
{
    private const string Unfinished = ".new";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SemaphoreSlim> _locks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _private = new(StringComparer.Ordinal);

    private string Root => Path.Combine(paths.DataRoot, "build", "caches");

    /// <summary>The folder of a cache mount, for one program; with <see cref="CacheSharing.Locked"/> when no other has it.</summary>
    /// <param name="mount">The mount.</param>
    /// <param name="source">Fills a new one; none for an empty one.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<CacheFolder> OpenAsync(MountPoint mount, SourceTree? source, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mount.Id)))[..32];
        switch (mount.Sharing)
        {
            case CacheSharing.Locked:
                var turn = LockOf(name);
                await turn.WaitAsync(cancellationToken);
                return Make(name, mount, source, () => turn.Release(), cancellationToken);
            case CacheSharing.Private:
                var own = TakePrivate(name);
                return Make(own, mount, source, () => ReturnPrivate(own), cancellationToken);
            default:
                return Make(name, mount, source, static () => { }, cancellationToken);
        }
    }

    private CacheFolder Make(string name, MountPoint mount, SourceTree? source, Action release, CancellationToken cancellationToken)
    {
        try
        {
            var path = Path.Combine(Root, name);
            lock (_lock)
            {
                if (!Directory.Exists(path))
                    Fill(path, mount, source, cancellationToken);
            }

            return new CacheFolder(path, release);
        }
        catch
        {
            release();
            throw;
        }
    }

    // Under another name until it is whole: a crash leaves nothing that looks like a cache.
    private void Fill(string path, MountPoint mount, SourceTree? source, CancellationToken cancellationToken)
    {
        var unfinished = path + Unfinished;
        TreeRemover.Remove(unfinished);
        Directory.CreateDirectory(Root);
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
