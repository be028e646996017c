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
    private const int ENODATA = 61;
    private const int EOPNOTSUPP = 95;

    /// <summary>lsetxattr(2); returns the error number, 0 for success (ENOTSUP and EPERM are ordinary answers).</summary>
    public static int TrySet(FileDescriptor directory, string name, string attribute, ReadOnlySpan<byte> value) =>
        Native.lsetxattr(Path(directory, name), attribute, value, value.Length, 0) < 0 ? Marshal.GetLastPInvokeError() : 0;

    /// <summary>The value, or null when the file has no such attribute.</summary>
    public static byte[]? Get(FileDescriptor directory, string name, string attribute)
    {
        var path = Path(directory, name);
        var size = Native.lgetxattr(path, attribute, default, 0);
        if (size < 0)
            return Marshal.GetLastPInvokeError() is ENODATA or EOPNOTSUPP ? null : throw LinuxException.FromErrno("lgetxattr", name);
        if (size == 0)
            return [];

        var value = new byte[Math.Min((int)size, MaxValueBytes)];
        size = Native.lgetxattr(path, attribute, value, value.Length);
        return size < 0 ? throw LinuxException.FromErrno("lgetxattr", name) : value[..(int)size];
    }

    /// <summary>Names of all attributes; empty where the file system has none.</summary>
    public static IReadOnlyList<string> List(FileDescriptor directory, string name)
    {
        var path = Path(directory, name);
        var size = Native.llistxattr(path, default, 0);
        if (size <= 0)
            return size == 0 || Marshal.GetLastPInvokeError() == EOPNOTSUPP ? [] : throw LinuxException.FromErrno("llistxattr", name);

        var names = new byte[size];
        size = Native.llistxattr(path, names, names.Length);
        return size < 0
            ? throw LinuxException.FromErrno("llistxattr", name)
            : Encoding.UTF8.GetString(names, 0, (int)size).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Path(FileDescriptor directory, string name) =>
        name.Length == 0 || name == "." ? $"/proc/self/fd/{directory.DangerousGetHandle()}/." : $"/proc/self/fd/{directory.DangerousGetHandle()}/{name}";

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int lsetxattr([MarshalUsing(typeof(PathTextMarshaller))] string path, [MarshalUsing(typeof(PathTextMarshaller))] string attribute, ReadOnlySpan<byte> value, nint size, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint lgetxattr([MarshalUsing(typeof(PathTextMarshaller))] string path, [MarshalUsing(typeof(PathTextMarshaller))] string attribute, Span<byte> value, nint size);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint llistxattr([MarshalUsing(typeof(PathTextMarshaller))] string path, Span<byte> names, nint size);
    }
}
