using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Containers;

/// <summary>
/// The folders that image or client declare as volumes: without volumes they are the container's own, and those that the
/// image does not bring are made. Links in the image lead nowhere outside of it.
/// </summary>
internal static class DeclaredFolders
{
    private const uint Mode = 0x1ED; // 0755
    private const ResolveFlags Walk = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    /// <exception cref="LinuxException">A part of a path is a file.</exception>
    public static void Make(string rootfs, IReadOnlyList<string>? paths)
    {
        if (paths is null or [])
            return;
        using var root = FileDescriptor.Open(rootfs, OpenAt.DirectoryOnly);
        foreach (var path in paths)
        {
            if (TreePath.Clean(path) is { } clean)
                Open(root, clean).Dispose();
        }
    }

    private static FileDescriptor Open(FileDescriptor root, string path)
    {
        if (OpenAt.TryOpen(root, path.Length == 0 ? "." : path, OpenFlags.PathOnly, Walk, 0, out var errno) is { } existing)
            return existing;
        if (errno != Errno.ENOENT)
            throw new LinuxException(errno, "openat2", path);
        var (parentPath, name) = TreePath.Split(path);
        using (var parent = Open(root, parentPath))
            NodeAt.MakeDirectory(parent, name, Mode);
        return OpenAt.Open(root, path, OpenFlags.PathOnly, Walk);
    }
}
