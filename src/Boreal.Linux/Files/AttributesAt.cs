using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Files;

/// <summary>Owner, mode and times of a name in an open directory or of an open file.</summary>
public static partial class AttributesAt
{
    private const int NoFollow = 0x100;
    private const uint Omit = (1 << 30) - 2;

    /// <summary>fchownat(2), of a link itself too.</summary>
    public static void SetOwner(FileDescriptor directory, string name, uint uid, uint gid) =>
        Check(Native.fchownat(directory, name, uid, gid, NoFollow), "fchownat", name);

    /// <summary>fchmodat(2), never through a link: EOPNOTSUPP for one.</summary>
    public static void SetMode(FileDescriptor directory, string name, uint permissions) =>
        Check(Native.fchmodat(directory, name, permissions, NoFollow), "fchmodat", name);

    /// <summary>utimensat(2), of a link itself too. A null access time is left as it is.</summary>
    public static void SetTimes(FileDescriptor directory, string name, FileTime? accessed, FileTime modified)
    {
        Span<Times> times = [Times.Of(accessed), Times.Of(modified)];
        Check(Native.utimensat(directory, name, times, NoFollow), "utimensat", name);
    }

    /// <summary>fchown(2).</summary>
    public static void SetOwner(FileDescriptor file, uint uid, uint gid) => Check(Native.fchown(file, uid, gid), "fchown", null);

    /// <summary>fchmod(2).</summary>
    public static void SetMode(FileDescriptor file, uint permissions) => Check(Native.fchmod(file, permissions), "fchmod", null);

    /// <summary>futimens(3). A null access time is left as it is.</summary>
    public static void SetTimes(FileDescriptor file, FileTime? accessed, FileTime modified)
    {
        Span<Times> times = [Times.Of(accessed), Times.Of(modified)];
        Check(Native.futimens(file, times), "futimens", null);
    }

    private static void Check(int result, string call, string? name)
    {
        if (result < 0) throw LinuxException.FromErrno(call, name);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Times
    {
        public long Seconds;
        public long Nanoseconds;

        public static Times Of(FileTime? time) => time is { } known
            ? new Times { Seconds = known.Seconds, Nanoseconds = known.Nanoseconds }
            : new Times { Nanoseconds = Omit };
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int fchownat(FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name, uint uid, uint gid, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int fchmodat(FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name, uint mode, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int utimensat(FileDescriptor directory, [MarshalUsing(typeof(PathTextMarshaller))] string name, ReadOnlySpan<Times> times, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int fchown(FileDescriptor file, uint uid, uint gid);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int fchmod(FileDescriptor file, uint mode);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int futimens(FileDescriptor file, ReadOnlySpan<Times> times);
    }
}
