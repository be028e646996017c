using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime;
using Boreal.Linux.Cgroups;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Runtime;

public sealed class ContainerCgroupTests
{
    private const long Mebibyte = 1 << 20;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Limits_OfBundle_AreTheGroups()
    {
        await using var box = await RunningBundle.StartAsync(
            spec => spec with { Resources = new ResourceSpec { Memory = 64 * Mebibyte, MemorySwap = 128 * Mebibyte, PidsLimit = 20, NanoCpus = 500_000_000 } }, "sleep", "100");

        var stats = box.Group.ReadStats(box.Pid);
        Assert.Equal((ulong)(64 * Mebibyte), stats.MemoryLimit);
        Assert.Equal(20UL, stats.Group.Pids.Limit);
        Assert.Equal(1UL, stats.Group.Pids.Current);
        Assert.Equal([box.Pid], box.Group.Pids());
    }

    [Fact]
    public async Task Stats_OfBusyContainer_GrowAndFitTheMachine()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec, "sh", "-c", "while :; do :; done");
        var before = box.Group.ReadStats(box.Pid);
        await Eventually.HoldsAsync(() => box.Group.ReadStats(box.Pid).Group.Cpu.Total > before.Group.Cpu.Total + 50_000_000, "CPU time grows");

        var after = box.Group.ReadStats(box.Pid);
        Assert.InRange(after.SystemCpu - before.SystemCpu, 1UL, 100_000_000_000UL);
        Assert.Equal(Environment.ProcessorCount, after.OnlineCpus);
        Assert.InRange(after.Group.Memory.Usage, 1UL, (ulong)(100 * Mebibyte));
        Assert.InRange(after.MemoryLimit, 1UL << 28, 1UL << 50);
        if (after.IsV1) Assert.Equal(after.Group.Cpu.Total, after.Group.Cpu.PerCpu!.Aggregate((sum, cpu) => sum + cpu), 200_000_000.0);
    }

    [Fact]
    public async Task Pause_StopsEveryProcess_AndResumeLetsThemGoOn()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec, "sh", "-c", "while :; do :; done");

        await box.Group.PauseAsync(Cancelled);
        var paused = box.Group.ReadStats(box.Pid).Group.Cpu.Total;
        Assert.Equal(paused, box.Group.ReadStats(box.Pid).Group.Cpu.Total);

        await box.Group.ResumeAsync(Cancelled);
        await Eventually.HoldsAsync(() => box.Group.ReadStats(box.Pid).Group.Cpu.Total > paused, "CPU time grows again");
    }

    [Fact]
    public async Task Update_UpAndDown_ReachesTheKernel()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec with { Resources = new ResourceSpec { Memory = 64 * Mebibyte, MemorySwap = 64 * Mebibyte } }, "sleep", "100");

        box.Group.Update(new ResourceSpec { Memory = 256 * Mebibyte, MemorySwap = 512 * Mebibyte, PidsLimit = 7, CpuShares = 512, NanoCpus = 250_000_000 });
        var grown = box.Group.ReadStats(box.Pid);
        Assert.Equal(((ulong)(256 * Mebibyte), 7UL), (grown.MemoryLimit, grown.Group.Pids.Limit));

        box.Group.Update(new ResourceSpec { Memory = 32 * Mebibyte, MemorySwap = 32 * Mebibyte, PidsLimit = -1, CpuQuota = 20_000, CpuPeriod = 10_000 });
        var shrunk = box.Group.ReadStats(box.Pid);
        Assert.Equal(((ulong)(32 * Mebibyte), 0UL), (shrunk.MemoryLimit, shrunk.Group.Pids.Limit));
        if (!RunningBundle.Layout.UsesV1Limits) return;
        Assert.Equal("512", V1(box, "cpu", "cpu.shares"));
        Assert.Equal(("20000", "10000"), (V1(box, "cpu", "cpu.cfs_quota_us"), V1(box, "cpu", "cpu.cfs_period_us")));
        Assert.Equal($"{32 * Mebibyte}", V1(box, "memory", "memory.memsw.limit_in_bytes"));
    }

    [Fact]
    public async Task OomKills_OfGreedyProcess_AreCounted()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec with { Resources = new ResourceSpec { Memory = 8 * Mebibyte, MemorySwap = 8 * Mebibyte } }, "sleep", "100");
        Assert.Equal(0, box.Group.OomKills());

        await box.ExecAsync("sh", "-c", "tail -c 64m /dev/zero | wc -c");

        await Eventually.HoldsAsync(() => box.Group.OomKills() > 0, "an OOM kill is counted");
    }

    [Fact]
    public async Task Remove_OfLiveGroup_KillsAndLeavesNothing()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec, "sh", "-c", "sleep 100 & sleep 100");
        await box.Group.PauseAsync(Cancelled);

        await box.Group.RemoveAsync(Cancelled);

        Assert.False(box.Group.Exists);
        await box.Group.RemoveAsync(Cancelled);
    }

    [Fact]
    public async Task Processes_OfContainer_AreListedAsPsDoes()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec, "sleep", "100");
        var table = new ProcessTable(TimeProvider.System);

        var own = await table.ListAsync(box.Group.Pids(), "", Cancelled);
        var custom = await table.ListAsync(box.Group.Pids(), "-o pid,args", Cancelled);
        var everything = await table.ListAsync(box.Group.Pids(), "aux", Cancelled);

        Assert.Equal(["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"], own.Titles);
        var row = Assert.Single(own.Processes);
        Assert.Equal(("root", $"{box.Pid}", "?", "00:00:00", "sleep 100"), (row[0], row[1], row[5], row[6], row[7]));
        Assert.Equal([$"{box.Pid}", "sleep 100"], Assert.Single(custom.Processes));
        Assert.Equal($"{box.Pid}", Assert.Single(everything.Processes)[1]);
        await Assert.ThrowsAsync<Engine.Errors.EngineException>(() => table.ListAsync(box.Group.Pids(), "--nonsense", Cancelled));
    }

    [Fact]
    public void Features_OfThisMachine_AreDetected()
    {
        var features = KernelFeatures.Detect(CgroupLayout.Detect(), Environment.ProcessorCount);

        Assert.True(features is { MemoryLimit: true, PidsLimit: true, CpuShares: true, CpuCfs: true, Cpuset: true, Seccomp: true });
        Assert.NotEmpty(features.Cpus);
        Assert.NotEmpty(features.Mems);
    }

    private static string V1(RunningBundle box, string controller, string file) => CgroupFile.Text($"{RunningBundle.Layout.DirectoryV1(controller, box.Group.Path)}/{file}");
}
