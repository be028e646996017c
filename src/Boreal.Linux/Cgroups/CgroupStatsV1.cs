using System.Globalization;

namespace Boreal.Linux.Cgroups;

/// <summary>Reads counters from version 1 files.</summary>
public static class CgroupStatsV1
{
    // USER_HZ is 100 on every architecture .NET runs on.
    private const ulong NanosecondsPerTick = 10_000_000;

    private static readonly string[] MemoryNames =
    [
        "active_anon", "active_file", "cache", "dirty", "hierarchical_memory_limit", "hierarchical_memsw_limit", "inactive_anon",
        "inactive_file", "mapped_file", "pgfault", "pgmajfault", "pgpgin", "pgpgout", "rss", "rss_huge", "total_active_anon",
        "total_active_file", "total_cache", "total_dirty", "total_inactive_anon", "total_inactive_file", "total_mapped_file",
        "total_pgfault", "total_pgmajfault", "total_pgpgin", "total_pgpgout", "total_rss", "total_rss_huge", "total_unevictable",
        "total_writeback", "unevictable", "writeback",
    ];

    /// <param name="directoryOf">The group's directory by controller name.</param>
    public static CgroupStats Read(Func<string, string> directoryOf) => new()
    {
        Cpu = Cpu(directoryOf("cpuacct"), directoryOf("cpu")),
        Memory = Memory(directoryOf("memory")),
        BlockIo = BlockIo(directoryOf("blkio")),
        Pids = Pids(directoryOf("pids")),
    };

    /// <summary>Memory counters of a memory controller's directory.</summary>
    public static MemoryStats Memory(string directory)
    {
        var all = CgroupFile.Pairs($"{directory}/memory.stat");
        return new MemoryStats
        {
            Usage = CgroupFile.Number($"{directory}/memory.usage_in_bytes"),
            MaxUsage = CgroupFile.Number($"{directory}/memory.max_usage_in_bytes"),
            Limit = CgroupFile.Number($"{directory}/memory.limit_in_bytes"),
            FailCount = CgroupFile.Number($"{directory}/memory.failcnt"),
            Details = MemoryNames.ToDictionary(name => name, all.GetValueOrDefault),
        };
    }

    /// <summary>CPU counters; the two controllers may share a directory.</summary>
    public static CpuStats Cpu(string accounting, string scheduling)
    {
        var ticks = CgroupFile.Pairs($"{accounting}/cpuacct.stat");
        var bandwidth = CgroupFile.Pairs($"{scheduling}/cpu.stat");
        return new CpuStats
        {
            Total = CgroupFile.Number($"{accounting}/cpuacct.usage"),
            Kernel = ticks.GetValueOrDefault("system") * NanosecondsPerTick,
            User = ticks.GetValueOrDefault("user") * NanosecondsPerTick,
            PerCpu = [.. CgroupFile.Text($"{accounting}/cpuacct.usage_percpu").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => CgroupFile.Parse(text))],
            Periods = bandwidth.GetValueOrDefault("nr_periods"),
            ThrottledPeriods = bandwidth.GetValueOrDefault("nr_throttled"),
            ThrottledTime = bandwidth.GetValueOrDefault("throttled_time"),
        };
    }

    /// <summary>Block I/O: of the scheduler where it counts, else of the throttling layer.</summary>
    public static BlockIoStats BlockIo(string directory)
    {
        var scheduler = Entries($"{directory}/blkio.io_serviced_recursive");
        if (scheduler.Count == 0)
        {
            return new BlockIoStats
            {
                ServiceBytes = Entries($"{directory}/blkio.throttle.io_service_bytes_recursive"),
                Serviced = Entries($"{directory}/blkio.throttle.io_serviced_recursive"),
            };
        }

        return new BlockIoStats
        {
            ServiceBytes = Entries($"{directory}/blkio.io_service_bytes_recursive"),
            Serviced = scheduler,
            Queued = Entries($"{directory}/blkio.io_queued_recursive"),
            ServiceTime = Entries($"{directory}/blkio.io_service_time_recursive"),
            WaitTime = Entries($"{directory}/blkio.io_wait_time_recursive"),
            Merged = Entries($"{directory}/blkio.io_merged_recursive"),
            Time = Entries($"{directory}/blkio.time_recursive"),
            Sectors = Entries($"{directory}/blkio.sectors_recursive"),
        };
    }

    private static PidsStats Pids(string directory)
    {
        var limit = CgroupFile.Number($"{directory}/pids.max");
        return new PidsStats { Current = CgroupFile.Number($"{directory}/pids.current"), Limit = limit == ulong.MaxValue ? 0 : limit };
    }

    /// <summary>Lines of <c>8:0 Read 4096</c>, or <c>8:0 4096</c>; the sum over all devices is left out.</summary>
    private static List<BlockIoEntry> Entries(string path)
    {
        var entries = new List<BlockIoEntry>();
        foreach (var line in CgroupFile.Text(path).Split('\n'))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2 || fields[0].Split(':') is not [var major, var minor]) continue;
            entries.Add(new BlockIoEntry(Number(major), Number(minor), fields.Length > 2 ? fields[1] : "", Number(fields[^1])));
        }

        return entries;
    }

    private static ulong Number(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
