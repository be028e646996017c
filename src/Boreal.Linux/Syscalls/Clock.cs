using System.Runtime.InteropServices;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Syscalls;

/// <summary>clock_gettime(2).</summary>
public static partial class Clock
{
    private const int RealTimeClock = 0;

    /// <summary>Wall clock time in nanoseconds since 1970 (UTC).</summary>
    public static long RealTimeNanoseconds()
    {
        if (Native.clock_gettime(RealTimeClock, out var time) < 0) throw LinuxException.FromErrno("clock_gettime");
        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        internal long Seconds;
        internal long Nanoseconds;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int clock_gettime(int clock, out Time time);
    }
}
