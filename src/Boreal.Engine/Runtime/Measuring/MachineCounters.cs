using System.Globalization;

namespace Boreal.Engine.Runtime.Measuring;

/// <summary>CPU time of the whole machine since boot, idle included, in nanoseconds, and its CPUs, see proc_stat(5).</summary>
public readonly record struct MachineCounters(ulong Cpu, int OnlineCpus)
{
    // USER_HZ is 100 on every architecture .NET runs on.
    private const ulong NanosecondsPerTick = 10_000_000;

    // user, nice, system, idle, iowait, irq and softirq. Guests are in user already, stolen time is not this machine's.
    private const int CountedFields = 7;

    public static ulong TotalMemory { get; } = ReadTotalMemory("/proc/meminfo");

    public static MachineCounters Read(string path) => Parse(File.ReadLines(path));

    public static MachineCounters Parse(IEnumerable<string> lines)
    {
        var ticks = 0UL;
        var online = 0;
        foreach (var line in lines)
        {
            if (!line.StartsWith("cpu", StringComparison.Ordinal)) break;
            if (line[3] is not ' ')
            {
                online++;
                continue;
            }

            foreach (var field in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(CountedFields))
                ticks += ulong.Parse(field, CultureInfo.InvariantCulture);
        }

        return new MachineCounters(ticks * NanosecondsPerTick, online);
    }

    private static ulong ReadTotalMemory(string path)
    {
        var line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith("MemTotal:", StringComparison.Ordinal));
        var kibibytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return ulong.TryParse(kibibytes, CultureInfo.InvariantCulture, out var number) ? number * 1024 : ulong.MaxValue;
    }
}
