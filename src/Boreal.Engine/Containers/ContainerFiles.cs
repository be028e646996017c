using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks;
using Boreal.Engine.Runtime;
using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Linux.Syscalls;

namespace Boreal.Engine.Containers;

/// <summary>Files and folders that a start needs beside the image: etc files, bind sources, shared memory.</summary>
internal static class ContainerFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Prepare(ContainerSpec spec, NetworkStatus network, ContainerJoin join, NodePaths paths)
    {
        // A container that joins another's network shares its etc files too.
        if (join.FilesDirectory is null)
            NetworkFiles.Write(paths.Container(spec.Id), spec.Process, spec.Network, network, [.. join.Links.SelectMany(LinesOf)]);
        foreach (var mount in spec.Storage.MountPoints)
        {
            if (mount.Type == "bind" && !Path.Exists(mount.Source))
                Directory.CreateDirectory(mount.Source);
        }

        if (SharedMemoryPath(spec, paths) is { } shared)
        {
            Directory.CreateDirectory(shared);
            Mount.Attach("shm", shared, "tmpfs", MountFlags.NoSuid | MountFlags.NoExec | MountFlags.NoDev, $"mode=1777,size={spec.Storage.ShmSize}");
        }
    }

    private static IEnumerable<(string Address, string Names)> LinesOf(ContainerLink link)
    {
        yield return (link.Address, link.HostNames);
        if (link.Address6.Length > 0) yield return (link.Address6, link.HostNames);
    }

    /// <summary>The run's folder, for the bundle and the shim's socket.</summary>
    public static void CreateRun(string directory) => Directory.CreateDirectory(directory, OwnerOnly);

    /// <summary>Host side of /dev/shm where others may join the IPC namespace; null where the runtime mounts a private one.</summary>
    public static string? SharedMemoryPath(ContainerSpec spec, NodePaths paths) =>
        SharedMemory.IsNeeded(spec.Namespaces) ? Path.Combine(paths.Run(spec.Id), "shm") : null;

    /// <summary>Parts of volumes and images, mounted here for the runtime to bind.</summary>
    public static string PinnedMounts(string runDirectory) => Path.Combine(runDirectory, "mounts");

    /// <summary>Removes a run's folder with what is mounted in it. Idempotent.</summary>
    public static void Remove(string runDirectory)
    {
        if (!Directory.Exists(runDirectory))
            return;
        var shared = Path.Combine(runDirectory, "shm");
        if (Directory.Exists(shared))
            Mount.TryDetach(shared, out _, UnmountFlags.Detach);
        var pinned = PinnedMounts(runDirectory);
        if (Directory.Exists(pinned))
        {
            foreach (var place in Directory.EnumerateFileSystemEntries(pinned))
                Mount.TryDetach(place, out _, UnmountFlags.Detach);
        }

        // Never into what is still mounted: a volume's content is not ours to remove.
        TreeRemover.Remove(runDirectory);
    }
}
