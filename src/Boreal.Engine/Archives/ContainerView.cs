using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Layers;
using Boreal.Engine.Trees;
using Boreal.Engine.Volumes;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Syscalls;

namespace Boreal.Engine.Archives;

/// <summary>
/// A container's file system as the container sees it, its binds, volumes and images included. They are mounted in a mount namespace
/// that only the calling thread is in, and are gone with it.
/// </summary>
internal static class ContainerView
{
    /// <summary>Runs <paramref name="work"/> on the root directory and its path. Blocks; the work must not await.</summary>
    public static T With<T>(Snapshots snapshots, ContainerMounts mounts, ContainerSpec container, Func<FileDescriptor, string, T> work)
    {
        using var view = snapshots.Open(container.Id);
        using var sources = mounts.Open(container);
        return sources.Entries.Count == 0
            ? InRoot(view.Path, work)
            : NamespaceThread.Unshared(NamespaceKinds.Mount, () =>
            {
                // Slave: what the host unmounts meanwhile goes here too, so this copy keeps nothing alive.
                Mount.SetPropagation("/", MountFlags.Slave | MountFlags.Recursive);
                using (var root = FileDescriptor.Open(view.Path, OpenAt.DirectoryOnly))
                {
                    foreach (var source in sources.Entries)
                        Bind(root, source);
                }

                return InRoot(view.Path, work);
            });
    }

    private static T InRoot<T>(string path, Func<FileDescriptor, string, T> work)
    {
        using var root = FileDescriptor.Open(path, OpenAt.DirectoryOnly);
        return work(root, NodeAt.PathOf(root));
    }

    private static void Bind(FileDescriptor root, MountSource bind)
    {
        using var source = bind.TryOpen(out _);
        if (source is null)
            return;
        // A mount point that does not exist is made, as starting the container would.
        using var target = MountPlace.Open(root, TreePath.Clean(bind.Destination) ?? "", StatAt.Get(source).IsDirectory);
        var place = $"/proc/thread-self/fd/{target.DangerousGetHandle()}";
        Mount.Attach($"/proc/thread-self/fd/{source.DangerousGetHandle()}", place, null, MountFlags.Bind | MountFlags.Recursive);
    }
}
