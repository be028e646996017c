using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Files;

/// <summary>A null device whose owner and mode may be changed by whoever holds it: the machine's /dev/null is another file.</summary>
public static partial class NullDevice
{
    // The same on every architecture.
    private const nint FsopenNumber = 430;
    private const nint FsconfigNumber = 431;
    private const nint FsmountNumber = 432;

    private const uint CloseOnExec = 1;
    private const uint CreateCommand = 6;
    private const uint AllMayUse = 0x1B6; // 0666

    /// <summary>Opens a new one for reading and writing, on a memory file system that is mounted nowhere and goes with its last user.</summary>
    public static FileDescriptor Open()
    {
        using var context = Checked(Native.fsopen(FsopenNumber, "tmpfs", CloseOnExec), "fsopen");
        if (Native.fsconfig(FsconfigNumber, context, CreateCommand, 0, 0, 0) < 0) throw LinuxException.FromErrno("fsconfig");
        using var root = Checked(Native.fsmount(FsmountNumber, context, CloseOnExec, 0), "fsmount");
        var errno = NodeAt.TryMakeNode(root, "null", FileKind.CharacterDevice, AllMayUse, (Major: 1, Minor: 3));
        if (errno != 0) throw new LinuxException(errno, "mknodat", "null");
        AttributesAt.SetMode(root, "null", AllMayUse); // mknodat heeds the umask
        return OpenAt.Open(root, "null", OpenFlags.ReadWrite, ResolveFlags.None);
    }

    private static FileDescriptor Checked(nint result, string call) =>
        result < 0 ? throw LinuxException.FromErrno(call) : FileDescriptor.Adopt((int)result);

    private static partial class Native
    {
        [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial nint fsopen(nint number, string type, uint flags);

        [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
        internal static partial nint fsconfig(nint number, FileDescriptor context, uint command, nint key, nint value, int auxiliary);

        [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
        internal static partial nint fsmount(nint number, FileDescriptor context, uint flags, uint attributes);
    }
}
