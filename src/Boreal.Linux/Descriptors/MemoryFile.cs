using System.Runtime.InteropServices;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Descriptors;

/// <summary>Files that exist in memory only, see memfd_create(2).</summary>
public static partial class MemoryFile
{
    private const uint CloseOnExec = 0x1;
    private const uint AllowSealing = 0x2;
    private const uint Executable = 0x10;

    /// <summary>An empty file; <paramref name="name"/> is only seen in /proc.</summary>
    public static FileDescriptor Create(string name) => TryCreate(name, 0) ?? throw LinuxException.FromErrno("memfd_create", name);

    /// <summary>As <see cref="Create"/>, for a program. Fails where the sysctl vm.memfd_noexec forbids that.</summary>
    public static FileDescriptor CreateExecutable(string name)
    {
        if (TryCreate(name, Executable) is { } created) return created;
        // Before Linux 6.3 all of them may be executed, and the flag is unknown.
        return Marshal.GetLastPInvokeError() == Errno.EINVAL ? Create(name) : throw LinuxException.FromErrno("memfd_create", name);
    }

    private static FileDescriptor? TryCreate(string name, uint flags)
    {
        var created = Native.memfd_create(name, CloseOnExec | AllowSealing | flags);
        return created.IsInvalid ? null : created;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial FileDescriptor memfd_create(string name, uint flags);
    }
}
