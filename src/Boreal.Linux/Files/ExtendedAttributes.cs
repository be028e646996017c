using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Files;

/// <summary>
/// Extended attributes of a name in an open directory, of links themselves too. The kernel's at-calls are newer than
/// the kernels we run on, so the directory is reached through /proc/self/fd.
/// </summary>
public static partial class ExtendedAttributes
{
    private const int MaxValueBytes = 64 * 1024;
    // What nearly all values and lists of names fit in: they are read at the first try.
    private const int UsualValueBytes = 256;
    private const int ERANGE = 34;
    private const int ENODATA = 61;
    private const int EOPNOTSUPP = 95;

    /// <summary>lsetxattr(2); returns the error number, 0 for success (ENOTSUP and EPERM are ordinary answers).</summary>
    public static int TrySet(FileDescriptor directory, string name, string attribute, ReadOnlySpan<byte> value) =>
        Native.lsetxattr(Path(directory, name), attribute, value, value.Length, 0) < 0 ? Marshal.GetLastPInvokeError() : 0;

    /// <summary>fsetxattr(2); returns the error number, 0 for success (ENOTSUP and EPERM are ordinary answers).</summary>
    public static int TrySet(FileDescriptor file, string attribute, ReadOnlySpan<byte> value) =>
        Native.fsetxattr(file, attribute, value, value.Length, 0) < 0 ? Marshal.GetLastPInvokeError() : 0;

    /// <summary>fremovexattr(2); returns the error number, 0 for success (ENODATA and ENOTSUP are ordinary answers).</summary>
    public static int TryRemove(FileDescriptor file, string attribute) =>
        Native.fremovexattr(file, attribute) < 0 ? Marshal.GetLastPInvokeError() : 0;

    /// <summary>The value, or null when the file has no such attribute.</summary>
    public static byte[]? Get(FileDescriptor directory, string name, string attribute)
    {
        var path = Path(directory, name);
        Span<byte> value = stackalloc byte[UsualValueBytes];
        var size = Native.lgetxattr(path, attribute, value, value.Length);
        if (size >= 0)
            return value[..(int)size].ToArray();
        if (Marshal.GetLastPInvokeError() != ERANGE)
            return Absent("lgetxattr", name);

        var large = new byte[MaxValueBytes];
        size = Native.lgetxattr(path, attribute, large, large.Length);
        return size < 0 ? Absent("lgetxattr", name) : large[..(int)size];
    }

    /// <summary>The value, or null when the open file has no such attribute. For values that are not long.</summary>
    public static byte[]? Get(FileDescriptor file, string attribute)
    {
        Span<byte> value = stackalloc byte[UsualValueBytes];
        var size = Native.fgetxattr(file, attribute, value, value.Length);
        return size < 0 ? Absent("fgetxattr", attribute) : value[..(int)size].ToArray();
    }

    /// <summary>Names of all attributes of an open file; empty where the file system has none.</summary>
    public static IReadOnlyList<string> List(FileDescriptor file)
    {
        Span<byte> few = stackalloc byte[UsualValueBytes];
        var size = Native.flistxattr(file, few, few.Length);
        if (size >= 0)
            return Split(few[..(int)size]);
        if (Marshal.GetLastPInvokeError() is not ERANGE and var errno)
            return errno == EOPNOTSUPP ? [] : throw new LinuxException(errno, "flistxattr");

        var many = new byte[MaxValueBytes];
        size = Native.flistxattr(file, many, many.Length);
        return size < 0 ? throw LinuxException.FromErrno("flistxattr") : Split(many.AsSpan(0, (int)size));
    }

    /// <summary>Names of all attributes; empty where the file system has none.</summary>
    public static IReadOnlyList<string> List(FileDescriptor directory, string name)
    {
        var path = Path(directory, name);
        Span<byte> few = stackalloc byte[UsualValueBytes];
        var size = Native.llistxattr(path, few, few.Length);
        if (size >= 0)
            return Split(few[..(int)size]);
        if (Marshal.GetLastPInvokeError() is not ERANGE and var errno)
            return errno == EOPNOTSUPP ? [] : throw new LinuxException(errno, "llistxattr", name);

        var many = new byte[MaxValueBytes];
        size = Native.llistxattr(path, many, many.Length);
        return size < 0 ? throw LinuxException.FromErrno("llistxattr", name) : Split(many.AsSpan(0, (int)size));
    }

    private static string[] Split(ReadOnlySpan<byte> names) =>
        names.IsEmpty ? [] : Encoding.UTF8.GetString(names).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private static byte[]? Absent(string call, string name) =>
        Marshal.GetLastPInvokeError() is ENODATA or EOPNOTSUPP ? null : throw LinuxException.FromErrno(call, name);

    private static string Path(FileDescriptor directory, string name) =>
        name.Length == 0 || name == "." ? $"/proc/self/fd/{directory.DangerousGetHandle()}/." : $"/proc/self/fd/{directory.DangerousGetHandle()}/{name}";

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int lsetxattr([MarshalUsing(typeof(PathTextMarshaller))] string path, [MarshalUsing(typeof(PathTextMarshaller))] string attribute, ReadOnlySpan<byte> value, nint size, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int fsetxattr(FileDescriptor file, [MarshalUsing(typeof(PathTextMarshaller))] string attribute, ReadOnlySpan<byte> value, nint size, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int fremovexattr(FileDescriptor file, [MarshalUsing(typeof(PathTextMarshaller))] string attribute);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint fgetxattr(FileDescriptor file, [MarshalUsing(typeof(PathTextMarshaller))] string attribute, Span<byte> value, nint size);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint flistxattr(FileDescriptor file, Span<byte> names, nint size);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint lgetxattr([MarshalUsing(typeof(PathTextMarshaller))] string path, [MarshalUsing(typeof(PathTextMarshaller))] string attribute, Span<byte> value, nint size);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint llistxattr([MarshalUsing(typeof(PathTextMarshaller))] string path, Span<byte> names, nint size);
    }
}
