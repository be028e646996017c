namespace Boreal.Linux.Cgroups;

/// <summary>Reads counters from version 2 files.</summary>
public static class CgroupStatsV2
{
    private const ulong NanosecondsPerMicrosecond = 1000;

    private static readonly string[] MemoryNames =
    [
        "active_anon", "active_file", "anon", "anon_thp", "file", "file_dirty", "file_mapped", "file_writeback", "inactive_anon",
        "inactive_file", "kernel_stack", "pgactivate", "pgdeactivate", "pgfault", "pglazyfree", "pglazyfreed", "pgmajfault", "pgrefill",
        "pgscan", "pgsteal", "shmem", "slab", "slab_reclaimable", "slab_unreclaimable", "sock", "thp_collapse_alloc", "thp_fault_alloc",
        "unevictable", "workingset_activate", "workingset_nodereclaim", "workingset_refault",
    ];

    public static CgroupStats Read(string directory)
    {
        var cpu = CgroupFile.Pairs($"{directory}/cpu.stat");
        var memory = CgroupFile.Pairs($"{directory}/memory.stat");
        var pids = CgroupFile.Number($"{directory}/pids.max");
        return new CgroupStats
        {
            Cpu = new CpuStats
            {
                Total = cpu.GetValueOrDefault("usage_usec") * NanosecondsPerMicrosecond,
                Kernel = cpu.GetValueOrDefault("system_usec") * NanosecondsPerMicrosecond,
                User = cpu.GetValueOrDefault("user_usec") * NanosecondsPerMicrosecond,
                Periods = cpu.GetValueOrDefault("nr_periods"),
                ThrottledPeriods = cpu.GetValueOrDefault("nr_throttled"),
                ThrottledTime = cpu.GetValueOrDefault("throttled_usec") * NanosecondsPerMicrosecond,
            },
            Memory = new MemoryStats
            {
                Usage = CgroupFile.Number($"{directory}/memory.current"),
                Limit = CgroupFile.Number($"{directory}/memory.max"),
                FailCount = CgroupFile.Pairs($"{directory}/memory.events").GetValueOrDefault("oom"),
                Details = MemoryNames.ToDictionary(name => name, memory.GetValueOrDefault),
            },
            BlockIo = new BlockIoStats { ServiceBytes = Transfers(CgroupFile.Text($"{directory}/io.stat")) },
            Pids = new PidsStats { Current = CgroupFile.Number($"{directory}/pids.current"), Limit = pids == ulong.MaxValue ? 0 : pids },
        };
    }

    /// <summary>Lines of <c>8:0 rbytes=1 wbytes=2 rios=3 ...</c>.</summary>
    private static List<BlockIoEntry> Transfers(string text)
    {
        var entries = new List<BlockIoEntry>();
        foreach (var line in text.Split('\n'))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2 || fields[0].Split(':') is not [var major, var minor]) continue;
            entries.Add(new BlockIoEntry(CgroupFile.Parse(major), CgroupFile.Parse(minor), "read", Value(fields, "rbytes=")));
            entries.Add(new BlockIoEntry(CgroupFile.Parse(major), CgroupFile.Parse(minor), "write", Value(fields, "wbytes=")));
        }

        return entries;
    }

    private static ulong Value(string[] fields, string name)
    {
        var field = fields.FirstOrDefault(field => field.StartsWith(name, StringComparison.Ordinal));
        return field is null ? 0 : CgroupFile.Parse(field.AsSpan(name.Length));
    }
}
