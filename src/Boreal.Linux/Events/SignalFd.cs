using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Events;

/// <summary>
/// Signals as something to read, see signalfd(2). They must be blocked in every thread of the process: start it so
/// (<see cref="Processes.SpawnRequest.BlockedSignals"/>), for the runtime has threads before Main.
/// </summary>
public static unsafe partial class SignalFd
{
    private const int Flags = 0x80000 | 0x800;
    private const int SetBytes = 128;

    /// <summary>Bytes of one record read from it.</summary>
    public const int RecordBytes = 128;

    public static FileDescriptor Open(params ReadOnlySpan<int> signals)
    {
        var set = stackalloc byte[SetBytes];
        _ = Native.sigemptyset(set);
        foreach (var signal in signals) _ = Native.sigaddset(set, signal);
        var descriptor = Native.signalfd(-1, set, Flags);
        return descriptor.IsInvalid ? throw LinuxException.FromErrno("signalfd") : descriptor;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial FileDescriptor signalfd(int descriptor, byte* signals, int flags);

        [LibraryImport("libc")]
        internal static partial int sigemptyset(byte* signals);

        [LibraryImport("libc")]
        internal static partial int sigaddset(byte* signals, int signal);
    }
}
