using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Files;

/// <summary>Makes, links, renames and removes names in an open directory. TryX return the error number, 0 for success.</summary>
public static partial class NodeAt
{
    private const int RemoveDirectoryFlag = 0x200;

    /// <summary>mkdirat(2).</summary>
    public static int TryMakeDirectory(FileDescriptor directory, string name, uint mode) => Result(Native.mkdirat(directory, name, mode));

    public static void MakeDirectory(FileDescriptor directory, string name, uint mode) => Check(TryMakeDirectory(directory, name, mode), "mkdirat", name);

    /// <summary>mknodat(2): devices, fifos, sockets and the 0/0 device overlayfs takes as a whiteout.</summary>
    public static int TryMakeNode(FileDescriptor directory, string name, FileKind kind, uint permissions, (uint Major, uint Minor) device) =>
        Result(Native.mknodat(directory, name, (uint)kind | permissions, DeviceNumber(device.Major, device.Minor)));

    /// <summary>symlinkat(2).</summary>
    public static int TryMakeSymbolicLink(string target, FileDescriptor directory, string name) => Result(Native.symlinkat(target, directory, name));

    /// <summary>linkat(2), not following a link in the last component of the source.</summary>
    public static int TryLink(FileDescriptor fromDirectory, string from, FileDescriptor directory, string name) =>
        Result(Native.linkat(fromDirectory, from, directory, name, 0));

    /// <summary>unlinkat(2) for anything but directories.</summary>
    public static int TryUnlink(FileDescriptor directory, string name) => Result(Native.unlinkat(directory, name, 0));

    /// <summary>unlinkat(2) for an empty directory.</summary>
    public static int TryRemoveDirectory(FileDescriptor directory, string name) => Result(Native.unlinkat(directory, name, RemoveDirectoryFlag));

    /// <summary>renameat(2).</summary>
    public static int TryRename(FileDescriptor fromDirectory, string from, FileDescriptor directory, string name) =>
        Result(Native.renameat(fromDirectory, from, directory, name));

    /// <summary>The target of a symbolic link.</summary>
    public static string ReadLink(FileDescriptor directory, string name)
    {
        var buffer = new byte[4096];
        var count = Native.readlinkat(directory, name, buffer, buffer.Length);
        return count < 0 ? throw LinuxException.FromErrno("readlinkat", name) : PathText.Decode(buffer.AsSpan(0, (int)count));
    }

    /// <summary>Where an open directory lies now, as the kernel knows it.</summary>
    public static string PathOf(FileDescriptor directory) =>
        ReadLink(directory, $"/proc/self/fd/{directory.DangerousGetHandle()}");

    private static int Result(int result) => result < 0 ? Marshal.GetLastPInvokeError() : 0;

    private static void Check(int errno, string call, string name)
    {
        if (errno != 0) throw new LinuxException(errno, call, name);
    }

    // glibc's makedev: 64 bits, the old 8+8 in the low part.
    private static ulong DeviceNumber(uint major, uint minor) =>
        ((ulong)(major & 0xfffff000) << 32) | ((ulong)(major & 0xfff) << 8) | ((ulong)(minor & 0xffffff00) << 12) | (minor & 0xff);

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int mkdirat(FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name, uint mode);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int mknodat(FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name, uint mode, ulong device);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int symlinkat([MarshalUsing(typeof(PathTextMarshaller))] string target, FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int linkat(FileDescriptor fromDirectory, [MarshalUsing(typeof(PathTextMarshaller))] string from, FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int unlinkat(FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int renameat(FileDescriptor fromDirectory, [MarshalUsing(typeof(PathTextMarshaller))] string from, FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint readlinkat(FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name, Span<byte> buffer, nint size);
    }
}
