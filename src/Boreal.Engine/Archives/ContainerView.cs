using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Layers;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Syscalls;

namespace Boreal.Engine.Archives;

/// <summary>
/// A container's file system as the container sees it, its bind mounts included. Binds are mounted in a mount namespace
/// that only the calling thread is in, and are gone with it.
/// </summary>
internal static class ContainerView
{
    private const uint FolderMode = 0x1ED; // 0755
    private const uint FileMode = 0x1A4; // 0644

    /// <summary>Runs <paramref name="work"/> on the root directory and its path. Blocks; the work must not await.</summary>
    public static T With<T>(Snapshots snapshots, ContainerSpec container, Func<FileDescriptor, string, T> work)
    {
        using var view = snapshots.Open(container.Id);
        var binds = container.Storage.MountPoints.Where(mount => mount.Type == "bind").ToList();
        return binds.Count == 0
            ? InRoot(view.Path, work)
            : NamespaceThread.Unshared(NamespaceKinds.Mount, () =>
            {
                // Slave: what the host unmounts meanwhile goes here too, so this copy keeps nothing alive.
                Mount.SetPropagation("/", MountFlags.Slave | MountFlags.Recursive);
                using (var root = FileDescriptor.Open(view.Path, OpenAt.DirectoryOnly))
                {
                    foreach (var bind in binds.OrderBy(bind => bind.Destination, StringComparer.Ordinal))
                        Bind(root, bind);
                }

                return InRoot(view.Path, work);
            });
    }

    private static T InRoot<T>(string path, Func<FileDescriptor, string, T> work)
    {
        using var root = FileDescriptor.Open(path, OpenAt.DirectoryOnly);
        return work(root, NodeAt.PathOf(root));
    }

    private static void Bind(FileDescriptor root, MountPoint bind)
    {
        using var source = FileDescriptor.TryOpen(bind.Source, OpenFlags.PathOnly, 0, out var errno);
        if (source is null)
            return;
        using var target = OpenTarget(root, TreePath.Clean(bind.Destination) ?? "", StatAt.Get(source).IsDirectory);
        var place = $"/proc/thread-self/fd/{target.DangerousGetHandle()}";
        Mount.Attach($"/proc/thread-self/fd/{source.DangerousGetHandle()}", place, null, MountFlags.Bind | MountFlags.Recursive);
    }

    // A mount point that does not exist is made, as starting the container would.
    private static FileDescriptor OpenTarget(FileDescriptor root, string path, bool directory)
    {
        const ResolveFlags Walk = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;
        if (OpenAt.TryOpen(root, path.Length == 0 ? "." : path, OpenFlags.PathOnly, Walk, 0, out var errno) is { } existing)
            return existing;
        if (errno != Errno.ENOENT)
            throw new LinuxException(errno, "openat2", path);

        var (parentPath, name) = TreePath.Split(path);
        using (var parent = OpenTarget(root, parentPath, directory: true))
        {
            if (directory)
                NodeAt.MakeDirectory(parent, name, FolderMode);
            else
                OpenAt.Open(parent, name, OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.WriteOnly, ResolveFlags.None, FileMode).Dispose();
        }

        return OpenAt.Open(root, path, OpenFlags.PathOnly, Walk);
    }
}
