using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Terminals;

/// <summary>A terminal's line settings, see termios(3) and ioctl_tty(2).</summary>
public static partial class TerminalMode
{
    private const nuint Get = 0x5401;
    private const nuint Set = 0x5402;

    /// <summary>True when the descriptor is a terminal.</summary>
    public static bool IsTerminal(FileDescriptor descriptor)
    {
        var settings = default(Settings);
        return Native.ioctl(descriptor, Get, ref settings) is 0;
    }

    /// <summary>Hands every key to the reader at once, unchanged and without echo; the returned action puts the old settings back.</summary>
    public static Action MakeRaw(FileDescriptor terminal)
    {
        var before = default(Settings);
        if (Native.ioctl(terminal, Get, ref before) < 0) throw LinuxException.FromErrno("ioctl", "TCGETS");
        var raw = Raw(before);
        if (Native.ioctl(terminal, Set, ref raw) < 0) throw LinuxException.FromErrno("ioctl", "TCSETS");
        return () =>
        {
            if (Native.ioctl(terminal, Set, ref before) < 0) throw LinuxException.FromErrno("ioctl", "TCSETS");
        };
    }

    /// <summary>What is typed does not show, but for the line's end; the returned action puts the old settings back.</summary>
    public static Action Silence(FileDescriptor terminal)
    {
        const uint Echo = 0x8;
        const uint EchoLineEnd = 0x40;
        var before = default(Settings);
        if (Native.ioctl(terminal, Get, ref before) < 0) throw LinuxException.FromErrno("ioctl", "TCGETS");
        var silent = before;
        silent.Local = (silent.Local & ~Echo) | EchoLineEnd;
        if (Native.ioctl(terminal, Set, ref silent) < 0) throw LinuxException.FromErrno("ioctl", "TCSETS");
        return () =>
        {
            if (Native.ioctl(terminal, Set, ref before) < 0) throw LinuxException.FromErrno("ioctl", "TCSETS");
        };
    }

    // As cfmakeraw(3), but output stays processed where it was: the remote terminal sends its own line ends.
    private static Settings Raw(Settings settings)
    {
        const uint InputFlags = 0x1 | 0x2 | 0x8 | 0x20 | 0x40 | 0x80 | 0x100 | 0x400; // IGNBRK BRKINT PARMRK ISTRIP INLCR IGNCR ICRNL IXON
        const uint LocalFlags = 0x8 | 0x40 | 0x2 | 0x1 | 0x8000; // ECHO ECHONL ICANON ISIG IEXTEN
        const uint SizeAndParity = 0x30 | 0x100; // CSIZE PARENB
        const uint EightBits = 0x30; // CS8
        settings.Input &= ~InputFlags;
        settings.Local &= ~LocalFlags;
        settings.Control = (settings.Control & ~SizeAndParity) | EightBits;
        settings.Characters[5] = 0; // VTIME
        settings.Characters[6] = 1; // VMIN
        return settings;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Settings
    {
        internal uint Input;
        internal uint Output;
        internal uint Control;
        internal uint Local;
        internal byte Line;
        internal ControlCharacters Characters;
    }

    [InlineArray(19)]
    private struct ControlCharacters
    {
        private byte _first;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int ioctl(FileDescriptor descriptor, nuint request, ref Settings settings);
    }
}
