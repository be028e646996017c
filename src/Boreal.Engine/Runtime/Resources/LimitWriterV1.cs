using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Bundles;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Runtime.Resources;

/// <summary>Writes changed limits to version 1 files.</summary>
internal static class LimitWriterV1
{
    public static void Write(Func<string, string> directoryOf, ResourceSpec resources)
    {
        WriteMemory(directoryOf("memory"), resources);
        WriteCpu(directoryOf("cpu"), resources);
        var cpuset = directoryOf("cpuset");
        if (resources.CpusetCpus.Length > 0) CgroupFile.Write($"{cpuset}/cpuset.cpus", resources.CpusetCpus);
        if (resources.CpusetMems.Length > 0) CgroupFile.Write($"{cpuset}/cpuset.mems", resources.CpusetMems);
        if (resources.PidsLimit is { } pids) CgroupFile.Write($"{directoryOf("pids")}/pids.max", pids > 0 ? pids.ToString() : "max");
        WriteWeight(directoryOf("blkio"), resources.BlkioWeight);
    }

    private static void WriteMemory(string directory, ResourceSpec resources)
    {
        var memory = ("memory.limit_in_bytes", resources.Memory);
        var swap = ("memory.memsw.limit_in_bytes", resources.MemorySwap);
        // The kernel wants memory <= memory + swap after each write: grow the sum first, shrink it last.
        var grows = resources.MemorySwap == -1 || (resources.MemorySwap > 0 && (ulong)resources.MemorySwap > CgroupFile.Number($"{directory}/memory.limit_in_bytes"));
        foreach (var (file, value) in grows ? [swap, memory] : new[] { memory, swap })
        {
            if (value != 0) CgroupFile.Write($"{directory}/{file}", value.ToString());
        }

        if (resources.MemoryReservation != 0) CgroupFile.Write($"{directory}/memory.soft_limit_in_bytes", resources.MemoryReservation.ToString());
    }

    private static void WriteCpu(string directory, ResourceSpec resources)
    {
        if (resources.CpuShares != 0) CgroupFile.Write($"{directory}/cpu.shares", resources.CpuShares.ToString());
        var (quota, period) = ResourceSection.Bandwidth(resources);
        // A period that is too short for the old quota can only be written without one.
        if (period != 0 && quota != 0) CgroupFile.Write($"{directory}/cpu.cfs_quota_us", "-1");
        if (period != 0) CgroupFile.Write($"{directory}/cpu.cfs_period_us", period.ToString());
        if (quota != 0) CgroupFile.Write($"{directory}/cpu.cfs_quota_us", quota.ToString());
        if (resources.CpuRealtimePeriod != 0) CgroupFile.Write($"{directory}/cpu.rt_period_us", resources.CpuRealtimePeriod.ToString());
        if (resources.CpuRealtimeRuntime != 0) CgroupFile.Write($"{directory}/cpu.rt_runtime_us", resources.CpuRealtimeRuntime.ToString());
    }

    private static void WriteWeight(string directory, ushort weight)
    {
        if (weight == 0) return;
        var bfq = $"{directory}/blkio.bfq.weight";
        CgroupFile.Write(File.Exists(bfq) ? bfq : $"{directory}/blkio.weight", weight.ToString());
    }
}
