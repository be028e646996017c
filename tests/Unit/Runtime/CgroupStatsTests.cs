using Boreal.Linux.Cgroups;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Runtime;

public sealed class CgroupStatsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Stats_OfVersion1Files_AreDockersNumbers()
    {
        Write("cpuacct.usage", "1234567890\n");
        Write("cpuacct.usage_percpu", "1234567000 890 \n");
        Write("cpuacct.stat", "user 100\nsystem 23\n");
        Write("cpu.stat", "nr_periods 7\nnr_throttled 3\nthrottled_time 99\n");
        Write("memory.usage_in_bytes", "4096\n");
        Write("memory.max_usage_in_bytes", "8192\n");
        Write("memory.limit_in_bytes", "9223372036854771712\n");
        Write("memory.failcnt", "2\n");
        Write("memory.stat", "cache 10\nrss 20\ntotal_inactive_file 30\nnever_heard_of 40\n");
        Write("blkio.throttle.io_service_bytes_recursive", "8:0 Read 4096\n8:0 Write 0\n8:0 Total 4096\nTotal 4096\n");
        Write("pids.current", "4\n");
        Write("pids.max", "max\n");

        var stats = CgroupStatsV1.Read(_ => _directory.Path);

        Assert.Equal((1234567890UL, 1_000_000_000UL, 230_000_000UL), (stats.Cpu.Total, stats.Cpu.User, stats.Cpu.Kernel));
        Assert.Equal([1234567000, 890], stats.Cpu.PerCpu!);
        Assert.Equal((7UL, 3UL, 99UL), (stats.Cpu.Periods, stats.Cpu.ThrottledPeriods, stats.Cpu.ThrottledTime));
        Assert.Equal((4096UL, 8192UL, 9223372036854771712UL, 2UL), (stats.Memory.Usage, stats.Memory.MaxUsage, stats.Memory.Limit, stats.Memory.FailCount));
        Assert.Equal((32, 10UL, 30UL, 0UL), (stats.Memory.Details.Count, stats.Memory.Details["cache"], stats.Memory.Details["total_inactive_file"], stats.Memory.Details["dirty"]));
        Assert.Equal([new(8, 0, "Read", 4096), new(8, 0, "Write", 0), new(8, 0, "Total", 4096)], stats.BlockIo.ServiceBytes);
        Assert.Equal(new PidsStats { Current = 4, Limit = 0 }, stats.Pids);
    }

    [Fact]
    public void Stats_OfVersion2Files_AreDockersNumbers()
    {
        Write("cpu.stat", "usage_usec 1234\nuser_usec 1000\nsystem_usec 234\nnr_periods 7\nnr_throttled 3\nthrottled_usec 99\n");
        Write("memory.current", "4096\n");
        Write("memory.max", "max\n");
        Write("memory.events", "low 0\nhigh 0\nmax 5\noom 2\noom_kill 1\n");
        Write("memory.stat", "anon 10\nfile 20\ninactive_file 30\n");
        Write("io.stat", "8:0 rbytes=4096 wbytes=512 rios=1 wios=2 dbytes=0 dios=0\n7:1 \n");
        Write("pids.current", "4\n");
        Write("pids.max", "100\n");

        var stats = CgroupStatsV2.Read(_directory.Path);

        Assert.Equal((1_234_000UL, 1_000_000UL, 234_000UL, 99_000UL), (stats.Cpu.Total, stats.Cpu.User, stats.Cpu.Kernel, stats.Cpu.ThrottledTime));
        Assert.Null(stats.Cpu.PerCpu);
        Assert.Equal((4096UL, ulong.MaxValue, 2UL), (stats.Memory.Usage, stats.Memory.Limit, stats.Memory.FailCount));
        Assert.Equal((31, 30UL), (stats.Memory.Details.Count, stats.Memory.Details["inactive_file"]));
        Assert.Equal([new(8, 0, "read", 4096), new(8, 0, "write", 512)], stats.BlockIo.ServiceBytes);
        Assert.Equal(new PidsStats { Current = 4, Limit = 100 }, stats.Pids);
        Assert.Equal(1, new CgroupV2(_directory.Path).OomKills);
    }

    [Fact]
    public void Stats_OfRemovedGroup_AreZero() => Assert.Equal(0UL, CgroupStatsV2.Read("/nonexistent").Cpu.Total);

    private void Write(string file, string text) => File.WriteAllText(_directory.File(file), text);
}
