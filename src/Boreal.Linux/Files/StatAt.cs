using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Files;

/// <summary>statx(2), never following a link in the last component.</summary>
public static partial class StatAt
{
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7FF;

    /// <summary>The status of a name in a directory.</summary>
    public static FileStatus Get(FileDescriptor directory, string name) =>
        TryGet(directory, name, out var errno) ?? throw new LinuxException(errno, "statx", name);

    /// <summary>The status of an open file (path-only handles too).</summary>
    public static FileStatus Get(FileDescriptor file) =>
        Call(file, "", NoFollow | EmptyPath, out var errno) ?? throw new LinuxException(errno, "statx");

    /// <summary>The status, or null and the error number (ENOENT, ENOTDIR).</summary>
    public static FileStatus? TryGet(FileDescriptor directory, string name, out int errno) => Call(directory, name, NoFollow, out errno);

    private static FileStatus? Call(FileDescriptor directory, string name, int flags, out int errno)
    {
        errno = Native.statx(directory, name, flags, BasicStats, out var raw) < 0 ? Marshal.GetLastPInvokeError() : 0;
        return errno != 0 ? null : new FileStatus
        {
            Mode = raw.Mode,
            Uid = raw.Uid,
            Gid = raw.Gid,
            Size = (long)raw.Size,
            Modified = new FileTime(raw.ModifiedSeconds, raw.ModifiedNanoseconds),
            Inode = raw.Inode,
            Links = raw.Links,
            DeviceMajor = raw.RawDeviceMajor,
            DeviceMinor = raw.RawDeviceMinor,
            FileSystem = ((ulong)raw.DeviceMajor << 32) | raw.DeviceMinor,
        };
    }

    // struct statx; the four times are seconds, nanoseconds and a reserved word each.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Raw
    {
        [FieldOffset(16)] public uint Links;
        [FieldOffset(20)] public uint Uid;
        [FieldOffset(24)] public uint Gid;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(112)] public long ModifiedSeconds;
        [FieldOffset(120)] public uint ModifiedNanoseconds;
        [FieldOffset(128)] public uint RawDeviceMajor;
        [FieldOffset(132)] public uint RawDeviceMinor;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int statx(FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name, int flags, uint mask, out Raw status);
    }
}
