using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Terminals;

/// <summary>A pseudo-terminal pair, see pty(7).</summary>
public sealed partial class Pty : IDisposable
{
    private const nuint GetPeer = 0x5441;
    private const nuint SetLock = 0x40045431;

    public Pty()
    {
        Controller = FileDescriptor.Open("/dev/ptmx", OpenFlags.ReadWrite | OpenFlags.NoTerminal);
        var unlocked = 0;
        if (Native.ioctl(Controller, SetLock, ref unlocked) < 0) throw LinuxException.FromErrno("ioctl", "TIOCSPTLCK");
        var peer = Native.ioctl_peer(Controller, GetPeer, (int)(OpenFlags.ReadWrite | OpenFlags.NoTerminal | OpenFlags.CloseOnExec));
        if (peer < 0) throw LinuxException.FromErrno("ioctl", "TIOCGPTPEER");
        Terminal = FileDescriptor.Adopt(peer);
    }

    /// <summary>The end a terminal emulator holds.</summary>
    public FileDescriptor Controller { get; }

    /// <summary>The end a program uses as its terminal.</summary>
    public FileDescriptor Terminal { get; }

    public void Dispose()
    {
        Controller.Dispose();
        Terminal.Dispose();
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int ioctl(FileDescriptor descriptor, nuint request, ref int argument);

        [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
        internal static partial int ioctl_peer(FileDescriptor descriptor, nuint request, int flags);
    }
}
