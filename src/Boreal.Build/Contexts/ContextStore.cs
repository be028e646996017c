using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Boreal.Build.Caching;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Contexts;

/// <summary>
/// Received folders, kept from build to build so that only what changed is sent again. One that is in use is nobody else's: a second
/// build of the same folder at the same time gets one of its own, which goes when it is done.
/// </summary>
internal sealed class ContextStore(string root, FolderLedger ledger) : IKeptFolders
{
    private const string FolderKind = "source.local";

    private readonly Lock _lock = new();
    private readonly HashSet<string> _inUse = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FolderMemory> _memories = new(StringComparer.Ordinal);
    private int _extras;

    public string Kind => FolderKind;

    public string Root => root;

    /// <summary>As the last build with this key left it, or empty. What is in it may be half of something.</summary>
    /// <param name="key">The same for the same folder of the same client.</param>
    /// <param name="description">What it is, for who lists the cache.</param>
    public ContextFolder Open(string key, string description)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];
        var isExtra = false;
        FolderMemory? memory;
        lock (_lock)
        {
            if (!_inUse.Add(name))
            {
                isExtra = true;
                name = $"{name}-{(++_extras).ToString(CultureInfo.InvariantCulture)}";
                _inUse.Add(name);
            }
            if (isExtra || !_memories.TryGetValue(name, out memory))
                memory = new FolderMemory();
            if (!isExtra)
                _memories[name] = memory;
        }
        try
        {
            var path = Path.Combine(root, name);
            if (isExtra)
                TreeRemover.Remove(path);
            if (!isExtra)
                ledger.Use(FolderKind, name, description);
            SpreadFolder.Create(root);
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new ContextFolder(path, FileDescriptor.Open(path, OpenAt.DirectoryOnly | OpenAt.NoFollow), memory, () => Release(name, isExtra));
        }
        catch
        {
            Forget(name);
            throw;
        }
    }

    /// <summary>Gives back the room of a folder that its user holds and has no use for any more.</summary>
    public void Empty(ContextFolder folder)
    {
        Remove(folder.Path);
        lock (_lock)
            _memories.Remove(Path.GetFileName(folder.Path));
    }

    public bool IsInUse(string name)
    {
        lock (_lock)
            return _inUse.Contains(name);
    }

    public bool TryRemove(string name)
    {
        lock (_lock)
        {
            var path = Path.Combine(root, name);
            if (_inUse.Contains(name) || !Directory.Exists(path))
                return false;
            FolderLedger.Doom(path);
            TreeRemover.Remove(ContextManifest.PathOf(path));
            _memories.Remove(name);
        }

        ledger.Forget(FolderKind, name);
        ledger.RemoveDoomed(root);
        return true;
    }

    private static void Remove(string path)
    {
        TreeRemover.Remove(path);
        TreeRemover.Remove(ContextManifest.PathOf(path));
    }

    private void Release(string name, bool isExtra)
    {
        try
        {
            if (isExtra)
                Remove(Path.Combine(root, name));
        }
        finally
        {
            Forget(name);
        }
    }

    private void Forget(string name)
    {
        lock (_lock)
            _inUse.Remove(name);
    }
}
