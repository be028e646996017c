using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Terminals;

/// <summary>A terminal's size, see ioctl_tty(2).</summary>
public static partial class WindowSize
{
    private const nuint Get = 0x5413;
    private const nuint Set = 0x5414;

    public static void Apply(FileDescriptor terminal, ushort rows, ushort columns)
    {
        var size = new Cells { Rows = rows, Columns = columns };
        if (Native.ioctl(terminal, Set, ref size) < 0) throw LinuxException.FromErrno("ioctl", "TIOCSWINSZ");
    }

    public static (ushort Rows, ushort Columns) Read(FileDescriptor terminal)
    {
        var size = default(Cells);
        return Native.ioctl(terminal, Get, ref size) < 0
            ? throw LinuxException.FromErrno("ioctl", "TIOCGWINSZ")
            : (size.Rows, size.Columns);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Cells
    {
        internal ushort Rows;
        internal ushort Columns;
        internal ushort WidthPixels;
        internal ushort HeightPixels;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int ioctl(FileDescriptor descriptor, nuint request, ref Cells size);
    }
}
