using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Bundles;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Runtime.Resources;

/// <summary>Writes changed limits to version 2 files, in the runtimes' conversion of the older units.</summary>
internal static class LimitWriterV2
{
    public static void Write(string directory, ResourceSpec resources)
    {
        WriteMemory(directory, resources);
        if (resources.CpuShares > 0) CgroupFile.Write($"{directory}/cpu.weight", WeightOfShares(resources.CpuShares).ToString());
        WriteBandwidth($"{directory}/cpu.max", ResourceSection.Bandwidth(resources));
        if (resources.CpusetCpus.Length > 0) CgroupFile.Write($"{directory}/cpuset.cpus", resources.CpusetCpus);
        if (resources.CpusetMems.Length > 0) CgroupFile.Write($"{directory}/cpuset.mems", resources.CpusetMems);
        if (resources.PidsLimit is { } pids) CgroupFile.Write($"{directory}/pids.max", pids > 0 ? pids.ToString() : "max");
        if (resources.BlkioWeight > 0) WriteIoWeight(directory, resources.BlkioWeight);
    }

    /// <summary>2..262144 shares to a weight of 1..10000, linearly.</summary>
    public static long WeightOfShares(long shares) => 1 + ((Math.Clamp(shares, 2, 262_144) - 2) * 9_999 / 262_142);

    /// <summary>10..1000 to a weight of 1..10000, linearly.</summary>
    public static int WeightOfBlkio(ushort weight) => 1 + ((weight - 10) * 9_999 / 990);

    private static void WriteMemory(string directory, ResourceSpec resources)
    {
        // The older swap limit counts memory too.
        if (resources.MemorySwap == -1) CgroupFile.Write($"{directory}/memory.swap.max", "max");
        else if (resources.MemorySwap > 0)
        {
            var memory = resources.Memory > 0 ? (ulong)resources.Memory : CgroupFile.Number($"{directory}/memory.max");
            CgroupFile.Write($"{directory}/memory.swap.max", ((ulong)resources.MemorySwap - Math.Min(memory, (ulong)resources.MemorySwap)).ToString());
        }

        if (resources.Memory != 0) CgroupFile.Write($"{directory}/memory.max", resources.Memory > 0 ? resources.Memory.ToString() : "max");
        if (resources.MemoryReservation > 0) CgroupFile.Write($"{directory}/memory.low", resources.MemoryReservation.ToString());
    }

    private static void WriteBandwidth(string path, (long Quota, ulong Period) bandwidth)
    {
        var (quota, period) = bandwidth;
        if (quota == 0 && period == 0) return;
        var current = CgroupFile.Text(path).Split(' ');
        var newQuota = quota == 0 ? current[0] : quota < 0 ? "max" : quota.ToString();
        CgroupFile.Write(path, period == 0 ? newQuota : $"{newQuota} {period}");
    }

    private static void WriteIoWeight(string directory, ushort weight)
    {
        var bfq = $"{directory}/io.bfq.weight";
        if (File.Exists(bfq)) CgroupFile.Write(bfq, weight.ToString());
        else CgroupFile.Write($"{directory}/io.weight", $"default {WeightOfBlkio(weight)}");
    }
}
