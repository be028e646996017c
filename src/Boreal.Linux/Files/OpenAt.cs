using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Files;

/// <summary>openat2(2): opens relative to a directory with control over the walk.</summary>
public static partial class OpenAt
{
    private const nint Openat2Number = 437;

    /// <summary>O_DIRECTORY: its value depends on the architecture.</summary>
    public static readonly OpenFlags DirectoryOnly =
        (OpenFlags)(RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 0x4000 : 0x10000);

    /// <summary>O_NOFOLLOW: its value depends on the architecture.</summary>
    public static readonly OpenFlags NoFollow =
        (OpenFlags)(RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 0x8000 : 0x20000);

    /// <summary>Opens or throws. Close-on-exec is added.</summary>
    public static FileDescriptor Open(FileDescriptor directory, string path, OpenFlags flags, ResolveFlags resolve, uint mode = 0) =>
        TryOpen(directory, path, flags, resolve, mode, out var errno) ?? throw new LinuxException(errno, "openat2", path);

    /// <summary>Opens; null and the error number where that is not possible.</summary>
    public static FileDescriptor? TryOpen(FileDescriptor directory, string path, OpenFlags flags, ResolveFlags resolve, uint mode, out int errno)
    {
        var how = new How { Flags = (ulong)(flags | OpenFlags.CloseOnExec), Mode = mode, Resolve = (ulong)resolve };
        while (true)
        {
            var result = Native.openat2(Openat2Number, directory, path, in how, (nint)Marshal.SizeOf<How>());
            errno = result < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (errno == 0)
                return FileDescriptor.Adopt((int)result);
            // EAGAIN: a rename elsewhere raced with a walk confined to a root; the kernel asks to try again.
            if (errno is not (Errno.EINTR or Errno.EAGAIN))
                return null;
        }
    }

    /// <summary>A handle that only names the directory, not following a link in its last component.</summary>
    public static FileDescriptor OpenDirectory(FileDescriptor directory, string name) =>
        Open(directory, name, DirectoryOnly | NoFollow, ResolveFlags.None);

    [StructLayout(LayoutKind.Sequential)]
    private struct How
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    private static partial class Native
    {
        [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
        internal static partial nint openat2(nint number, FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string path, in How how, nint size);
    }
}
