using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Processes;

/// <summary>A process that cannot be mistaken for a later one with the same number, see pidfd_open(2).</summary>
public sealed partial class PidFd : IDisposable
{
    private const nint PidFdSendSignal = 424;
    private const nint PidFdOpen = 434;
    private const int ByPidFd = 3;
    private const int Exited = 4;
    private const int NoHang = 1;
    private const short Readable = 1;

    private PidFd(int processId, FileDescriptor descriptor)
    {
        ProcessId = processId;
        Descriptor = descriptor;
    }

    public int ProcessId { get; }

    /// <summary>Readable (poll, epoll) once the process has ended.</summary>
    public FileDescriptor Descriptor { get; }

    public static PidFd Open(int processId) =>
        TryOpen(processId) ?? throw new LinuxException(Errno.ESRCH, "pidfd_open", processId.ToString());

    /// <summary>Null when there is no such process.</summary>
    public static PidFd? TryOpen(int processId)
    {
        var descriptor = (int)Native.syscall_open(PidFdOpen, processId, 0);
        if (descriptor >= 0) return new PidFd(processId, FileDescriptor.Adopt(descriptor));
        var errno = Marshal.GetLastPInvokeError();
        return errno is Errno.ESRCH or Errno.EINVAL ? null : throw new LinuxException(errno, "pidfd_open", processId.ToString());
    }

    /// <summary>Waits until the process has ended (a zombie counts); false when the time is up. Zero only looks.</summary>
    public bool WaitForExit(TimeSpan timeout)
    {
        var entry = new PollEntry { Events = Readable };
        var added = false;
        try
        {
            Descriptor.DangerousAddRef(ref added);
            entry.Descriptor = (int)Descriptor.DangerousGetHandle();
            var result = Native.poll(ref entry, 1, (int)Math.Min(timeout.TotalMilliseconds, int.MaxValue));
            if (result < 0 && Marshal.GetLastPInvokeError() is not Errno.EINTR) throw LinuxException.FromErrno("poll");
            return result > 0;
        }
        finally
        {
            if (added) Descriptor.DangerousRelease();
        }
    }

    /// <summary>Sends a signal; false when the process has ended already.</summary>
    public bool TrySignal(int signal)
    {
        if (Native.syscall_signal(PidFdSendSignal, Descriptor, signal, 0, 0) >= 0) return true;
        var errno = Marshal.GetLastPInvokeError();
        return errno is Errno.ESRCH ? false : throw new LinuxException(errno, "pidfd_send_signal", ProcessId.ToString());
    }

    /// <summary>Takes the exit status of an ended child of this process; null: not ended, or not our child.</summary>
    public unsafe int? TryReap()
    {
        var details = stackalloc int[32];
        if (Native.waitid(ByPidFd, Descriptor, details, Exited | NoHang) < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            return errno is Errno.ECHILD or Errno.EINTR ? null : throw new LinuxException(errno, "waitid", ProcessId.ToString());
        }

        // siginfo_t: si_signo, si_errno, si_code, padding, si_pid, si_uid, si_status.
        if (details[4] == 0) return null;
        const int exitedNormally = 1;
        return details[2] == exitedNormally ? details[6] : 128 + details[6];
    }

    public void Dispose() => Descriptor.Dispose();

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    private static unsafe partial class Native
    {
        [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
        internal static partial nint syscall_open(nint number, nint process, nint flags);

        [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
        internal static partial nint syscall_signal(nint number, FileDescriptor descriptor, nint signal, nint details, nint flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int poll(ref PollEntry entries, nuint count, int milliseconds);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int waitid(int kind, FileDescriptor descriptor, int* details, int options);
    }
}
