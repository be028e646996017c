using System.Text;
using Boreal.Linux.Syscalls;

namespace Boreal.Linux.Processes;

/// <summary>The start time that, with the number, identifies a process until the next boot; see proc_pid_stat(5).</summary>
public static class ProcessStartTime
{
    private const int StartTimeField = 22;
    private const int SessionField = 6;

    /// <summary>In clock ticks since boot; null when there is no such process.</summary>
    public static long? Of(int processId) => Field(processId, StartTimeField);

    /// <summary>The process' session; null when there is no such process.</summary>
    public static int? SessionOf(int processId) => (int?)Field(processId, SessionField);

    private static long? Field(int processId, int number)
    {
        var content = Paths.TryReadSmall($"/proc/{processId}/stat");
        return content is null ? null : Field(content, number);
    }

    /// <summary>A numeric field of a stat line, counted as in the man page.</summary>
    public static long? Field(ReadOnlySpan<byte> stat, int number)
    {
        // The command (field 2) may hold blanks and parentheses; after its last parenthesis fields are plain.
        var rest = stat[(stat.LastIndexOf((byte)')') + 1)..];
        for (var field = 2; field < number; field++)
        {
            var blank = rest.IndexOf((byte)' ');
            if (blank < 0) return null;
            rest = rest[(blank + 1)..];
        }

        var end = rest.IndexOf((byte)' ');
        return long.TryParse(Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]), out var value) ? value : null;
    }
}
