using System.Runtime.InteropServices;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Processes;

/// <summary>Signal numbers, their names as people write them, and kill(2).</summary>
public static partial class Signals
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Pipe = 13;
    public const int Terminate = 15;
    public const int Child = 17;
    public const int Continue = 18;
    public const int Stop = 19;
    public const int WindowChanged = 28;

    // As container tools count them: glibc keeps 32 and 33 to itself.
    private const int RealTimeMin = 34;
    private const int RealTimeMax = 64;

    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
        "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>Reads <c>9</c>, <c>KILL</c>, <c>sigkill</c>, <c>RTMIN+3</c>, ...; null when it names no signal.</summary>
    public static int? Parse(string text)
    {
        if (int.TryParse(text, System.Globalization.NumberStyles.None, null, out var number))
            return number is >= 1 and <= RealTimeMax ? number : null;
        var name = text.ToUpperInvariant();
        if (name.StartsWith("SIG", StringComparison.Ordinal)) name = name[3..];
        if (name.Length == 0) return null;
        var known = Array.IndexOf(Names, name);
        if (known > 0) return known;
        return name switch
        {
            "IOT" => 6,
            "POLL" => 29,
            "CLD" => Child,
            "UNUSED" => 31,
            "RTMIN" => RealTimeMin,
            "RTMAX" => RealTimeMax,
            _ => Offset(name, "RTMIN+", RealTimeMin, 1) ?? Offset(name, "RTMAX-", RealTimeMax, -1),
        };
    }

    /// <summary>The name without SIG: <c>KILL</c>, <c>RTMIN+3</c>; the number where it has none.</summary>
    public static string Name(int signal) => signal switch
    {
        > 0 when signal < Names.Length => Names[signal],
        RealTimeMin => "RTMIN",
        RealTimeMax => "RTMAX",
        > RealTimeMin and <= RealTimeMin + 15 => $"RTMIN+{signal - RealTimeMin}",
        > RealTimeMin + 15 and < RealTimeMax => $"RTMAX-{RealTimeMax - signal}",
        _ => signal.ToString(),
    };

    /// <summary>Sends a signal (0 only looks); false when there is no such process. Prefer <see cref="PidFd"/> for what is not our child.</summary>
    public static bool TrySend(int processId, int signal)
    {
        if (Native.kill(processId, signal) == 0) return true;
        var errno = Marshal.GetLastPInvokeError();
        return errno is Errno.ESRCH ? false : throw new LinuxException(errno, "kill", processId.ToString());
    }

    private static int? Offset(string name, string prefix, int origin, int direction) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(prefix.Length), out var offset)
        && offset is >= 0 and <= RealTimeMax - RealTimeMin
            ? origin + (direction * offset)
            : null;

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int kill(int process, int signal);
    }
}
