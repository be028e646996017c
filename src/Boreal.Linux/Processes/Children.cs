using System.Runtime.InteropServices;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Processes;

/// <summary>Reaping of children and the process' role towards them.</summary>
public static partial class Children
{
    private const int NoHang = 1;
    private const int SetChildSubreaper = 36;

    /// <summary>Makes orphaned descendants of this process its children.</summary>
    public static void BecomeSubreaper()
    {
        if (Native.prctl(SetChildSubreaper, 1, 0, 0, 0) < 0) throw LinuxException.FromErrno("prctl");
    }

    /// <summary>Reaps one ended child, any; false when none has ended. The code is 128 + signal for a killed one.</summary>
    public static bool TryReapAny(out int processId, out int exitCode) => TryReap(-1, NoHang, out processId, out exitCode);

    /// <summary>Waits for one child and returns its exit code (128 + signal for a killed one).</summary>
    public static int Wait(int processId) =>
        TryReap(processId, 0, out _, out var exitCode) ? exitCode : throw new LinuxException(Errno.ECHILD, "waitpid", processId.ToString());

    private static bool TryReap(int which, int options, out int processId, out int exitCode)
    {
        exitCode = 0;
        int status;
        do processId = Native.waitpid(which, out status, options);
        while (processId < 0 && Marshal.GetLastPInvokeError() is Errno.EINTR);
        if (processId <= 0) return false;
        var signal = status & 0x7f;
        exitCode = signal == 0 ? (status >> 8) & 0xff : 128 + signal;
        return true;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int waitpid(int process, out int status, int options);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
    }
}
