using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Trees;

/// <summary>The places in a root file system that things are mounted on. Links in it lead nowhere outside of it.</summary>
internal static class MountPlace
{
    private const uint FolderMode = 0x1ED; // 0755
    private const uint FileMode = 0x1A4; // 0644
    private const ResolveFlags Walk = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    /// <summary>A handle that only names it; what does not exist is made.</summary>
    /// <exception cref="LinuxException">A part of the path is a file, or leads nowhere.</exception>
    public static FileDescriptor Open(FileDescriptor root, string path, bool directory)
    {
        if (OpenAt.TryOpen(root, path.Length == 0 ? "." : path, OpenFlags.PathOnly, Walk, 0, out var errno) is { } existing)
            return existing;
        if (errno != Errno.ENOENT)
            throw new LinuxException(errno, "openat2", path);

        var (parentPath, name) = TreePath.Split(path);
        using (var parent = Open(root, parentPath, directory: true))
            Make(parent, name, directory);
        return OpenAt.Open(root, path, OpenFlags.PathOnly, Walk);
    }

    // The mode is set apart, because a new name gets the process's mask taken off.
    private static void Make(FileDescriptor parent, string name, bool directory)
    {
        if (directory)
            NodeAt.MakeDirectory(parent, name, FolderMode);
        else
            OpenAt.Open(parent, name, OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.WriteOnly, ResolveFlags.None, FileMode).Dispose();
        AttributesAt.SetMode(parent, name, directory ? FolderMode : FileMode);
    }
}
