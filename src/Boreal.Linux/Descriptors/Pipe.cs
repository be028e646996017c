using System.Runtime.InteropServices;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Descriptors;

/// <summary>The two ends of a pipe(2).</summary>
public sealed partial class Pipe : IDisposable
{
    private const int CloseOnExec = 0x80000;

    public Pipe()
    {
        Span<int> ends = stackalloc int[2];
        if (Native.pipe2(ends, CloseOnExec) < 0) throw LinuxException.FromErrno("pipe2");
        ReadEnd = FileDescriptor.Adopt(ends[0]);
        WriteEnd = FileDescriptor.Adopt(ends[1]);
    }

    public FileDescriptor ReadEnd { get; }

    public FileDescriptor WriteEnd { get; }

    public void Dispose()
    {
        ReadEnd.Dispose();
        WriteEnd.Dispose();
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int pipe2(Span<int> ends, int flags);
    }
}
