using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Syscalls;

/// <summary>Small whole-path calls for processes that keep away from the runtime's file classes.</summary>
public static partial class Paths
{
    public static void Rename(string from, string to)
    {
        if (!TryRename(from, to, out var errno)) throw new LinuxException(errno, "rename", from);
    }

    public static bool TryRename(string from, string to, out int errno)
    {
        errno = Native.rename(from, to) < 0 ? Marshal.GetLastPInvokeError() : 0;
        return errno == 0;
    }

    /// <summary>Removes a file; one that is not there is no error.</summary>
    public static void Unlink(string path)
    {
        if (Native.unlink(path) < 0 && Marshal.GetLastPInvokeError() is not Errno.ENOENT) throw LinuxException.FromErrno("unlink", path);
    }

    /// <summary>A small file's content, at most <paramref name="limit"/> bytes; null when it cannot be opened.</summary>
    public static byte[]? TryReadSmall(string path, int limit = 64 * 1024)
    {
        using var file = FileDescriptor.TryOpen(path, OpenFlags.ReadOnly, 0, out _);
        if (file is null) return null;
        var buffer = new byte[1024];
        var length = 0;
        while (length < limit)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var count = file.TryRead(buffer.AsSpan(length));
            if (count < 0) throw new LinuxException(-count, "read", path);
            if (count == 0) break;
            length += count;
        }

        Array.Resize(ref buffer, Math.Min(length, limit));
        return buffer;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int rename(string from, string to);

        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int unlink(string path);
    }
}
