using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Events;

/// <summary>eventfd(2): a counter to wait on, non-blocking.</summary>
public static partial class EventFd
{
    private const int Flags = 0x80000 | 0x800;

    public static FileDescriptor Create()
    {
        var descriptor = Native.eventfd(0, Flags);
        return descriptor.IsInvalid ? throw LinuxException.FromErrno("eventfd") : descriptor;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial FileDescriptor eventfd(uint initial, int flags);
    }
}
