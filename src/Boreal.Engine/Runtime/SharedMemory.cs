using Boreal.Engine.Containers.Spec;
using Boreal.Linux.Errors;
using Boreal.Linux.Syscalls;

namespace Boreal.Engine.Runtime;

/// <summary>The host side of /dev/shm for containers whose IPC namespace others may join.</summary>
public static class SharedMemory
{
    /// <summary>True if the mode needs a tmpfs of its own on the host.</summary>
    public static bool IsNeeded(NamespaceSpec namespaces) => namespaces.Ipc is "shareable";

    /// <summary>Mounts a tmpfs of the container's size on a directory, which is made. To be called once per start.</summary>
    public static void Mount(string path, long size)
    {
        Directory.CreateDirectory(path);
        Linux.Syscalls.Mount.Attach("shm", path, "tmpfs", MountFlags.NoSuid | MountFlags.NoExec | MountFlags.NoDev, $"mode=1777,size={size}");
    }

    /// <summary>Takes the tmpfs and its directory away. Idempotent.</summary>
    public static void Unmount(string path)
    {
        if (!Directory.Exists(path)) return;
        // EINVAL: nothing is mounted there.
        if (!Linux.Syscalls.Mount.TryDetach(path, out var errno, UnmountFlags.Detach) && errno is not (Errno.EINVAL or Errno.ENOENT))
            throw new LinuxException(errno, "umount2", path);
        Directory.Delete(path);
    }
}
