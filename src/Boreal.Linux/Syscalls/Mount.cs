using System.Runtime.InteropServices;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Syscalls;

/// <summary>mount(2) and umount2(2).</summary>
public static partial class Mount
{
    /// <summary>The plain call.</summary>
    public static void Attach(string? source, string target, string? type, MountFlags flags, string? data = null)
    {
        if (Native.mount(source, target, type, (nuint)flags, data) < 0) throw LinuxException.FromErrno("mount", target);
    }

    /// <summary>Binds <paramref name="source"/> onto <paramref name="target"/>, then applies <paramref name="restrict"/>.</summary>
    public static void Bind(string source, string target, MountFlags restrict = MountFlags.None)
    {
        var recursive = restrict & MountFlags.Recursive;
        // The kernel ignores restrictions on the bind itself; they take effect only on a remount of the new mount.
        Attach(source, target, null, MountFlags.Bind | recursive);
        if ((restrict & ~MountFlags.Recursive) is not MountFlags.None)
            Attach(null, target, null, MountFlags.Bind | MountFlags.Remount | restrict);
    }

    /// <summary>Sets a mount's propagation; add <see cref="MountFlags.Recursive"/> for everything below it.</summary>
    public static void SetPropagation(string target, MountFlags propagation) => Attach(null, target, null, propagation);

    /// <summary>Unmounts.</summary>
    public static void Detach(string target, UnmountFlags flags = UnmountFlags.None)
    {
        if (!TryDetach(target, out var errno, flags)) throw new LinuxException(errno, "umount2", target);
    }

    /// <summary>Unmounts; false with the error number (EINVAL: not a mount point, ENOENT, EBUSY) where it cannot.</summary>
    public static bool TryDetach(string target, out int errno, UnmountFlags flags = UnmountFlags.None)
    {
        errno = Native.umount2(target, (int)flags) < 0 ? Marshal.GetLastPInvokeError() : 0;
        return errno == 0;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int mount(string? source, string target, string? type, nuint flags, string? data);

        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int umount2(string target, int flags);
    }
}
