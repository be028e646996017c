using System.Globalization;
using System.Text;

namespace Boreal.Engine.Runtime.Processes;

/// <summary>One process as /proc shows it, see proc_pid_stat(5). Times are in seconds.</summary>
public sealed record ProcessStatus(int Pid, int ParentPid, uint Uid, int Terminal, double CpuSeconds, double StartedAfterBoot, string Command)
{
    // USER_HZ is 100 on every architecture .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Null if the process is gone.</summary>
    public static ProcessStatus? TryRead(int pid, string proc = "/proc")
    {
        try
        {
            var stat = File.ReadAllText($"{proc}/{pid}/stat");
            var uid = File.ReadLines($"{proc}/{pid}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t', StringSplitOptions.RemoveEmptyEntries)[1];
            return Parse(pid, stat, uint.Parse(uid, CultureInfo.InvariantCulture), File.ReadAllBytes($"{proc}/{pid}/cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static ProcessStatus Parse(int pid, string stat, uint uid, ReadOnlySpan<byte> commandLine)
    {
        // The name stands in parentheses and may hold blanks and parentheses itself: only the last one ends it.
        var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
        var fields = stat[(close + 2)..].Split(' ');
        var command = Encoding.UTF8.GetString(commandLine).TrimEnd('\0').Replace('\0', ' ').TrimEnd();
        // Fields are numbered from 3 (state) here.
        return new ProcessStatus(
            pid,
            int.Parse(fields[4 - 3], CultureInfo.InvariantCulture),
            uid,
            int.Parse(fields[7 - 3], CultureInfo.InvariantCulture),
            (double.Parse(fields[14 - 3], CultureInfo.InvariantCulture) + double.Parse(fields[15 - 3], CultureInfo.InvariantCulture)) / TicksPerSecond,
            double.Parse(fields[22 - 3], CultureInfo.InvariantCulture) / TicksPerSecond,
            command.Length > 0 ? command : $"[{stat[(open + 1)..close]}]");
    }
}
