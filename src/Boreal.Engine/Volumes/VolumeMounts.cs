using Boreal.Engine.Containers;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Linux.Syscalls;
using LinuxMount = Boreal.Linux.Syscalls.Mount;

namespace Boreal.Engine.Volumes;

/// <summary>
/// Mounts what stands in a volume's place when the first one needs it, and unmounts it after the last one. A volume
/// without options is a folder and costs nothing.
/// </summary>
internal sealed class VolumeMounts
{
    /// <summary>The container keeps the volume mounted until <see cref="Unmount"/>. Again is no error.</summary>
    public static void Mount(Volume volume, ContainerId container) => Hold(volume, container);

    /// <summary>Again is no error.</summary>
    public static void Unmount(Volume volume, ContainerId container) => LetGo(volume, container);

    /// <summary>Mounted for as long as the result is held.</summary>
    public static IDisposable Open(Volume volume)
    {
        var viewer = new Viewer(volume);
        Hold(volume, viewer);
        return viewer;
    }

    /// <summary>Daemon start: a mount that living containers use stays, any other goes, and a copy that was cut short is ended.</summary>
    public static void TakeOver(Volume volume, IEnumerable<ContainerId> living)
    {
        lock (volume.Holders)
        {
            foreach (var container in living)
                volume.Holders.Add(container);
            if (volume.NeedsMount && volume.Holders.Count == 0)
                Detach(volume);
            else
                Settle(volume);
        }
    }

    private static void Hold(Volume volume, object holder)
    {
        lock (volume.Holders)
        {
            if (volume.NeedsMount && volume.Holders.Count == 0)
            {
                Detach(volume);
                LocalMount.Parse(volume.Spec.Options ?? throw new InvalidOperationException("a volume that needs a mount has options")).AttachTo(volume.Mountpoint);
                Settle(volume);
            }

            volume.Holders.Add(holder);
        }
    }

    private static void LetGo(Volume volume, object holder)
    {
        lock (volume.Holders)
        {
            if (volume.Holders.Remove(holder) && volume.NeedsMount && volume.Holders.Count == 0)
                Detach(volume);
        }
    }

    // A daemon that died while it copied into this file system left that to whoever mounts it next.
    private static void Settle(Volume volume)
    {
        using var root = FileDescriptor.TryOpen(volume.Mountpoint, OpenAt.DirectoryOnly, 0, out _);
        // A file server may keep us out and yet let the container's user in.
        if (root is not null)
            VolumeFilling.Settle(root);
    }

    private static void Detach(Volume volume)
    {
        while (LinuxMount.TryDetach(volume.Mountpoint, out var errno, UnmountFlags.Detach))
        {
            // Whatever is stacked there goes.
        }
    }

    private sealed class Viewer(Volume volume) : IDisposable
    {
        public void Dispose() => LetGo(volume, this);
    }
}
