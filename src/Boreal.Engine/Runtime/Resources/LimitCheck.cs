using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Runtime.Resources;

/// <summary>One room of limits after the other: discards with a warning what the kernel has not got, refuses what is out of range.</summary>
internal sealed class LimitCheck(KernelFeatures features, ICollection<string> warnings)
{
    private const long MinimumMemory = 6 << 20;
    private const long NanosPerCpu = 1_000_000_000;

    public ResourceSpec Memory(ResourceSpec resources, bool isUpdate)
    {
        if (resources.MemorySwappiness is -1) resources = resources with { MemorySwappiness = null };
        if (resources.Memory is not 0 and < MinimumMemory) throw Invalid("Minimum memory limit allowed is 6MB");
        if (resources.Memory > 0 && !features.MemoryLimit)
            resources = Discard(resources with { Memory = 0, MemorySwap = -1 }, "Your kernel does not support memory limit capabilities or the cgroup is not mounted. Limitation discarded.");
        if (resources.Memory > 0 && resources.MemorySwap != -1 && !features.SwapLimit)
            resources = Discard(resources with { MemorySwap = -1 }, "Your kernel does not support swap limit capabilities or the cgroup is not mounted. Memory limited without swap.");
        if (resources.Memory > 0 && resources.MemorySwap > 0 && resources.MemorySwap < resources.Memory)
            throw Invalid("Minimum memoryswap limit should be larger than memory limit, see usage");
        if (resources.Memory == 0 && resources.MemorySwap > 0 && !isUpdate)
            throw Invalid("You should always set the Memory limit when using Memoryswap limit, see usage");
        return Oom(Reservation(Swappiness(resources)));
    }

    public ResourceSpec Pids(ResourceSpec resources)
    {
        if (resources.PidsLimit is null || features.PidsLimit) return resources;
        var without = resources with { PidsLimit = null };
        return resources.PidsLimit > 0 ? Discard(without, "Your kernel does not support PIDs limit capabilities or the cgroup is not mounted. PIDs limit discarded.") : without;
    }

    public ResourceSpec Cpu(ResourceSpec resources)
    {
        if (resources.NanoCpus > 0 && resources.CpuPeriod > 0) throw Invalid("Conflicting options: Nano CPUs and CPU Period cannot both be set");
        if (resources.NanoCpus > 0 && resources.CpuQuota > 0) throw Invalid("Conflicting options: Nano CPUs and CPU Quota cannot both be set");
        if (resources.NanoCpus > 0 && !features.CpuCfs)
            throw Invalid("NanoCPUs can not be set, as your kernel does not support CPU CFS scheduler or the cgroup is not mounted");
        if (resources.NanoCpus < 0 || resources.NanoCpus > features.CpuCount * NanosPerCpu)
            throw Invalid($"Range of CPUs is from 0.01 to {features.CpuCount}.00, as there are only {features.CpuCount} CPUs available");
        if (resources.CpuShares > 0 && !features.CpuShares)
            resources = Discard(resources with { CpuShares = 0 }, "Your kernel does not support CPU shares or the cgroup is not mounted. Shares discarded.");
        if ((resources.CpuPeriod != 0 || resources.CpuQuota != 0) && !features.CpuCfs)
            resources = Discard(resources with { CpuPeriod = 0, CpuQuota = 0 }, "Your kernel does not support CPU CFS scheduler. CPU period/quota discarded.");
        if (resources.CpuPeriod is not 0 and (< 1000 or > 1_000_000))
            throw Invalid("CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
        if (resources.CpuQuota is > 0 and < 1000) throw Invalid("CPU cfs quota can not be less than 1ms (i.e. 1000)");
        return Realtime(resources);
    }

    public ResourceSpec Cpuset(ResourceSpec resources)
    {
        if ((resources.CpusetCpus.Length > 0 || resources.CpusetMems.Length > 0) && !features.Cpuset)
            resources = Discard(resources with { CpusetCpus = "", CpusetMems = "" }, "Your kernel does not support cpuset or the cgroup is not mounted. Cpuset discarded.");
        CheckList(resources.CpusetCpus, features.Cpus, "cpuset cpus", "CPUs");
        CheckList(resources.CpusetMems, features.Mems, "cpuset mems", "memory nodes");
        return resources;
    }

    public ResourceSpec BlockIo(ResourceSpec resources)
    {
        if (resources.BlkioWeight > 0 && !features.BlkioWeight)
            resources = Discard(resources with { BlkioWeight = 0 }, "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.");
        if (resources.BlkioWeight is > 0 and (< 10 or > 1000)) throw Invalid("Range of blkio weight is from 10 to 1000");
        if (resources.BlkioWeightDevice is { Count: > 0 } && !features.BlkioWeightDevice)
            resources = Discard(resources with { BlkioWeightDevice = [] }, "Your kernel does not support Block I/O weight_device or the cgroup is not mounted. Weight-device discarded.");
        if (resources.BlkioDeviceReadBps is { Count: > 0 } && !features.BlkioReadBps)
            resources = Discard(resources with { BlkioDeviceReadBps = [] }, "Your kernel does not support BPS Block I/O read limit or the cgroup is not mounted. Block I/O BPS read limit discarded.");
        if (resources.BlkioDeviceWriteBps is { Count: > 0 } && !features.BlkioWriteBps)
            resources = Discard(resources with { BlkioDeviceWriteBps = [] }, "Your kernel does not support BPS Block I/O write limit or the cgroup is not mounted. Block I/O BPS write limit discarded.");
        if (resources.BlkioDeviceReadIops is { Count: > 0 } && !features.BlkioReadIops)
            resources = Discard(resources with { BlkioDeviceReadIops = [] }, "Your kernel does not support IOPS Block read limit or the cgroup is not mounted. Block I/O IOPS read limit discarded.");
        if (resources.BlkioDeviceWriteIops is { Count: > 0 } && !features.BlkioWriteIops)
            resources = Discard(resources with { BlkioDeviceWriteIops = [] }, "Your kernel does not support IOPS Block write limit or the cgroup is not mounted. Block I/O IOPS write limit discarded.");
        return resources;
    }

    private ResourceSpec Swappiness(ResourceSpec resources)
    {
        if (resources.MemorySwappiness is not null && !features.MemorySwappiness)
            return Discard(resources with { MemorySwappiness = null }, "Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.");
        return resources.MemorySwappiness is < 0 or > 100
            ? throw Invalid($"Invalid value: {resources.MemorySwappiness}, valid memory swappiness range is 0-100")
            : resources;
    }

    private ResourceSpec Reservation(ResourceSpec resources)
    {
        if (resources.MemoryReservation > 0 && !features.MemoryReservation)
            resources = Discard(resources with { MemoryReservation = 0 }, "Your kernel does not support memory soft limit capabilities or the cgroup is not mounted. Limitation discarded.");
        if (resources.MemoryReservation is > 0 and < MinimumMemory) throw Invalid("Minimum memory reservation allowed is 6MB");
        return resources.Memory > 0 && resources.MemoryReservation > resources.Memory
            ? throw Invalid("Minimum memory limit can not be less than memory reservation limit, see usage")
            : resources;
    }

    private ResourceSpec Oom(ResourceSpec resources)
    {
        if (resources.OomKillDisable is { } disabled && !features.OomKillDisable)
        {
            var without = resources with { OomKillDisable = null };
            return disabled ? Discard(without, "Your kernel does not support OomKillDisable. OomKillDisable discarded.") : without;
        }

        if (resources is { OomKillDisable: true, Memory: 0 })
            warnings.Add("OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.");
        return resources;
    }

    private ResourceSpec Realtime(ResourceSpec resources)
    {
        if ((resources.CpuRealtimePeriod != 0 || resources.CpuRealtimeRuntime != 0) && !features.CpuRealtime)
            throw new EngineException(ErrorKind.Internal, "kernel does not support CPU real-time scheduler");
        return resources is { CpuRealtimePeriod: not 0, CpuRealtimeRuntime: not 0 } && resources.CpuRealtimeRuntime > resources.CpuRealtimePeriod
            ? throw new EngineException(ErrorKind.Internal, "cpu real-time runtime cannot be higher than cpu real-time period")
            : resources;
    }

    private static void CheckList(string requested, string available, string field, string what)
    {
        if (requested.Length == 0) return;
        if (!CpuList.TryParse(requested, out var wanted)) throw Invalid($"Invalid value {requested} for {field}: invalid format: {requested}");
        if (CpuList.TryParse(available, out var present) && !wanted.IsSubsetOf(present))
            throw Invalid($"Requested {what} are not available - requested {requested}, available: {available}");
    }

    private ResourceSpec Discard(ResourceSpec without, string warning)
    {
        warnings.Add(warning);
        return without;
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
