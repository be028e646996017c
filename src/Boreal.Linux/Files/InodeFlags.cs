using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;

namespace Boreal.Linux.Files;

/// <summary>What file systems of the ext family are told about a file, see ioctl_iflags(2).</summary>
public static partial class InodeFlags
{
    /// <summary>The folders in this one have nothing to do with each other and are best spread over the disk.</summary>
    public const int TopFolder = 0x20000;

    // Declared with a long in the kernel's header; an int is what is read and written.
    private const nuint GetFlags = 0x80086601;
    private const nuint SetFlags = 0x40086602;

    /// <summary>The flags; null where the file system has none.</summary>
    public static int? TryGet(FileDescriptor file)
    {
        var flags = 0;
        return Native.ioctl(file, GetFlags, ref flags) < 0 ? null : flags;
    }

    /// <summary>Sets a flag beside those that are set; false where the file system knows no such flag.</summary>
    public static bool TryAdd(FileDescriptor file, int flag)
    {
        if (TryGet(file) is not { } flags)
            return false;
        flags |= flag;
        return Native.ioctl(file, SetFlags, ref flags) == 0;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int ioctl(FileDescriptor descriptor, nuint request, ref int argument);
    }
}
