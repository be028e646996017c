using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Trees;

/// <summary>Removes trees by descriptor: a link in them is removed, never followed.</summary>
public static class TreeRemover
{
    /// <summary>Removes a name and everything below it; nothing happens when it does not exist.</summary>
    public static void Remove(FileDescriptor parent, string name)
    {
        var errno = NodeAt.TryUnlink(parent, name);
        if (errno is 0 or Errno.ENOENT)
            return;
        if (errno is not (Errno.EISDIR or Errno.EPERM))
            throw new LinuxException(errno, "unlinkat", name);

        errno = NodeAt.TryRemoveDirectory(parent, name);
        if (errno is 0 or Errno.ENOENT)
            return;
        if (errno is not (Errno.ENOTEMPTY or Errno.EEXIST))
            throw new LinuxException(errno, "unlinkat", name);

        RemoveFull(parent, name);
    }

    /// <summary>As <see cref="Remove(FileDescriptor, string)"/> for a path of our own.</summary>
    public static void Remove(string path)
    {
        using var parent = FileDescriptor.TryOpen(Path.GetDirectoryName(path) ?? "/", OpenAt.DirectoryOnly, 0, out var errno);
        if (parent is null && errno != Errno.ENOENT)
            throw new LinuxException(errno, "open", path);
        if (parent is not null)
            Remove(parent, Path.GetFileName(path));
    }

    private static void RemoveFull(FileDescriptor parent, string name)
    {
        using (var directory = OpenAt.OpenDirectory(parent, name))
        {
            foreach (var child in DirectoryEntries.Names(directory))
                Remove(directory, child);
        }

        var errno = NodeAt.TryRemoveDirectory(parent, name);
        if (errno is not (0 or Errno.ENOENT))
            throw new LinuxException(errno, "unlinkat", name);
    }
}
