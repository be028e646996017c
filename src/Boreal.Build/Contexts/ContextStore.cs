using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Contexts;

/// <summary>
/// Received folders, kept from build to build so that only what changed is sent again. One that is in use is nobody else's: a second
/// build of the same folder at the same time gets one of its own, which goes when it is done.
/// </summary>
internal sealed class ContextStore(string root)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _inUse = new(StringComparer.Ordinal);
    private int _extras;

    /// <summary>As the last build with this key left it, or empty. What is in it may be half of something.</summary>
    public ContextFolder Open(string key)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];
        var isExtra = false;
        lock (_lock)
        {
            if (!_inUse.Add(name))
            {
                isExtra = true;
                name = $"{name}-{(++_extras).ToString(CultureInfo.InvariantCulture)}";
                _inUse.Add(name);
            }
        }
        try
        {
            var path = Path.Combine(root, name);
            if (isExtra)
                TreeRemover.Remove(path);
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new ContextFolder(path, FileDescriptor.Open(path, OpenAt.DirectoryOnly | OpenAt.NoFollow), () => Release(name, isExtra));
        }
        catch
        {
            Forget(name);
            throw;
        }
    }

    /// <summary>Removes every folder that is not in use.</summary>
    public void Prune()
    {
        if (!Directory.Exists(root))
            return;
        foreach (var path in Directory.EnumerateDirectories(root))
        {
            var name = Path.GetFileName(path);
            lock (_lock)
            {
                if (!_inUse.Add(name))
                    continue;
            }
            try
            {
                TreeRemover.Remove(path);
            }
            finally
            {
                Forget(name);
            }
        }
    }

    private void Release(string name, bool isExtra)
    {
        try
        {
            if (isExtra)
                TreeRemover.Remove(Path.Combine(root, name));
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
