using Boreal.Engine.Containers.Spec;
using Boreal.Linux.Cgroups;
using Sample = Boreal.Engine.Runtime.ContainerStats;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>A reading of a container's cgroup in Docker's shape.</summary>
internal static class StatsView
{
    /// <summary>A container that does not run: nothing but who it is.</summary>
    public static Wire.ContainerStats Empty(ContainerSpec spec) => new()
    {
        Name = "/" + spec.Name,
        Id = spec.Id.Value,
        Read = GoTime.Never,
        PreRead = GoTime.Never,
    };

    public static Wire.ContainerStats Describe(ContainerSpec spec, Sample sample, Sample? before) => Empty(spec) with
    {
        Read = GoTime.Format(sample.Read),
        PreRead = GoTime.Format(before?.Read),
        PidsStats = new Wire.PidsStats { Current = sample.Group.Pids.Current, Limit = sample.Group.Pids.Limit is 0 ? null : sample.Group.Pids.Limit },
        BlkioStats = Describe(sample.Group.BlockIo, sample.IsV1),
        CpuStats = Describe(sample),
        PreCpuStats = before is null ? new Wire.CpuStats() : Describe(before),
        MemoryStats = Describe(sample.Group.Memory, sample.MemoryLimit),
        Networks = sample.Networks.Count == 0 ? null : sample.Networks.ToDictionary(pair => pair.Key, pair => Describe(pair.Value)),
    };

    private static Wire.CpuStats Describe(Sample sample) => new()
    {
        CpuUsage = new Wire.CpuUsage
        {
            TotalUsage = sample.Group.Cpu.Total,
            PercpuUsage = sample.Group.Cpu.PerCpu,
            UsageInKernelmode = sample.Group.Cpu.Kernel,
            UsageInUsermode = sample.Group.Cpu.User,
        },
        SystemCpuUsage = sample.SystemCpu,
        OnlineCpus = (uint)sample.OnlineCpus,
        ThrottlingData = new Wire.ThrottlingData
        {
            Periods = sample.Group.Cpu.Periods,
            ThrottledPeriods = sample.Group.Cpu.ThrottledPeriods,
            ThrottledTime = sample.Group.Cpu.ThrottledTime,
        },
    };

    private static Wire.MemoryStats Describe(MemoryStats memory, ulong limit) => new()
    {
        Usage = memory.Usage,
        MaxUsage = memory.MaxUsage,
        Stats = memory.Details,
        Failcnt = memory.FailCount is 0 ? null : memory.FailCount,
        Limit = limit,
    };

    private static Wire.BlkioStats Describe(BlockIoStats io, bool isV1) => new()
    {
        IoServiceBytesRecursive = Entries(io.ServiceBytes),
        // Version 2 keeps the first only; Docker says null of the others then.
        IoServicedRecursive = isV1 ? Entries(io.Serviced) : null,
        IoQueueRecursive = isV1 ? Entries(io.Queued) : null,
        IoServiceTimeRecursive = isV1 ? Entries(io.ServiceTime) : null,
        IoWaitTimeRecursive = isV1 ? Entries(io.WaitTime) : null,
        IoMergedRecursive = isV1 ? Entries(io.Merged) : null,
        IoTimeRecursive = isV1 ? Entries(io.Time) : null,
        SectorsRecursive = isV1 ? Entries(io.Sectors) : null,
    };

    private static IReadOnlyList<Wire.BlkioEntry> Entries(IReadOnlyList<BlockIoEntry> entries) => [.. entries.Select(entry => new Wire.BlkioEntry
    {
        Major = entry.Major,
        Minor = entry.Minor,
        Op = entry.Operation,
        Value = entry.Value,
    })];

    private static Wire.InterfaceStats Describe(Boreal.Engine.Runtime.InterfaceStats counters) => new()
    {
        RxBytes = counters.RxBytes,
        RxPackets = counters.RxPackets,
        RxErrors = counters.RxErrors,
        RxDropped = counters.RxDropped,
        TxBytes = counters.TxBytes,
        TxPackets = counters.TxPackets,
        TxErrors = counters.TxErrors,
        TxDropped = counters.TxDropped,
    };
}
