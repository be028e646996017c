using System.Globalization;
using Boreal.Engine.Runtime.Users;

namespace Boreal.Engine.Runtime.Processes;

/// <summary>What <c>ps -ef</c> prints, read from /proc without running it.</summary>
public static class FullListing
{
    private const int PseudoTerminals = 136;
    private const int PseudoTerminalMajors = 8;
    private const int Consoles = 4;
    private const int LongestName = 8;

    private static readonly string[] Titles = ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"];

    public static ProcessListing Of(IReadOnlyList<int> pids, TimeProvider time)
    {
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        var now = time.GetLocalNow();
        var passwd = File.Exists("/etc/passwd") ? File.ReadAllText("/etc/passwd") : "";
        var names = AccountFile.Users(passwd).GroupBy(user => user.Uid).ToDictionary(users => users.Key, users => users.First().Name);
        var processes = pids.Select(pid => ProcessStatus.TryRead(pid)).OfType<ProcessStatus>().OrderBy(process => process.Pid);
        return new ProcessListing(Titles, [.. processes.Select(process => Row(process, names, uptime, now))]);
    }

    private static IReadOnlyList<string> Row(ProcessStatus process, Dictionary<long, string> names, double uptime, DateTimeOffset now)
    {
        var elapsed = Math.Max(uptime - process.StartedAfterBoot, 0);
        var usage = elapsed > 0 ? (int)(process.CpuSeconds * 100 / elapsed) : 0;
        var cpu = TimeSpan.FromSeconds(Math.Floor(process.CpuSeconds));
        return
        [
            Name(names.GetValueOrDefault(process.Uid), process.Uid),
            process.Pid.ToString(CultureInfo.InvariantCulture),
            process.ParentPid.ToString(CultureInfo.InvariantCulture),
            Math.Min(usage, 99).ToString(CultureInfo.InvariantCulture),
            Started(now.AddSeconds(-elapsed), now),
            Terminal(process.Terminal),
            (cpu.Days > 0 ? $"{cpu.Days}-" : "") + $"{cpu:hh\\:mm\\:ss}",
            process.Command,
        ];
    }

    /// <summary>Long names are cut, as ps does to keep its columns.</summary>
    private static string Name(string? name, uint uid) =>
        name is null ? uid.ToString(CultureInfo.InvariantCulture) : name.Length > LongestName ? name[..(LongestName - 1)] + "+" : name;

    /// <summary>The time of today, the day of this year, or the year.</summary>
    private static string Started(DateTimeOffset started, DateTimeOffset now)
    {
        var format = started.Date == now.Date ? "HH:mm" : started.Year == now.Year ? "MMMdd" : "yyyy";
        return started.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>The device number as proc(5) packs it: minor in bits 0-7 and 20-31, major in 8-19.</summary>
    private static string Terminal(int device)
    {
        var (major, minor) = ((device >> 8) & 0xFFF, (device & 0xFF) | ((device >> 12) & 0xFFF00));
        return major switch
        {
            0 => "?",
            >= PseudoTerminals and < PseudoTerminals + PseudoTerminalMajors => $"pts/{((major - PseudoTerminals) << 8) + minor}",
            Consoles => minor < 64 ? $"tty{minor}" : $"ttyS{minor - 64}",
            _ => "?",
        };
    }
}
