using System.Runtime.InteropServices;
using System.Text;
using Boreal.Linux.Errors;
using Microsoft.Win32.SafeHandles;

namespace Boreal.Linux.Files;

/// <summary>Reads files of a foreign root file system without ever leaving it, see openat2(2).</summary>
public static unsafe partial class RootedFile
{
    private const nint OpenAt2 = 437;
    private const int Directory = 0x10000;
    private const int DirectoryArm64 = 0x4000;
    private const int PathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const ulong ResolveNoMagicLinks = 0x02;
    private const ulong ResolveInRoot = 0x10;
    private const int EFBIG = 27;

    /// <summary>
    /// The text of a file below <paramref name="root"/>, symbolic links resolved as if that were the root.
    /// Null if it cannot be opened or is not a file; more than <paramref name="maximumBytes"/> fails.
    /// </summary>
    public static string? TryReadText(string root, string path, int maximumBytes)
    {
        using var directory = Native.open(root, PathOnly | CloseOnExec | DirectoryFlag, 0);
        if (directory.IsInvalid) throw LinuxException.FromErrno("open", root);
        // Non-blocking, because a hostile image may have put a FIFO there.
        var how = new How { Flags = CloseOnExec | NonBlocking, Resolve = ResolveInRoot | ResolveNoMagicLinks };
        using var file = Native.syscall(OpenAt2, directory, path, &how, (nuint)sizeof(How));
        return file.IsInvalid ? null : Read(file, path, maximumBytes);
    }

    private static int DirectoryFlag => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? DirectoryArm64 : Directory;

    private static string? Read(SafeFileHandle file, string path, int maximumBytes)
    {
        var text = new byte[4096];
        var length = 0;
        while (true)
        {
            if (length == text.Length) Array.Resize(ref text, Math.Min(text.Length * 4, maximumBytes + 1));
            var count = (int)Native.pread(file, text.AsSpan(length), (nuint)(text.Length - length), length);
            if (count < 0) return null;
            if (count == 0) return Encoding.UTF8.GetString(text, 0, length);
            length += count;
            if (length > maximumBytes) throw new LinuxException(EFBIG, "read", path);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct How
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial SafeFileHandle open(string path, int flags, uint mode);

        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial SafeFileHandle syscall(nint number, SafeFileHandle directory, string path, How* how, nuint size);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint pread(SafeFileHandle file, Span<byte> buffer, nuint count, long offset);
    }
}
