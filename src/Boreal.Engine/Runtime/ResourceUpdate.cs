using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime;

/// <summary>What <c>docker update</c> makes of a container's limits.</summary>
public static class ResourceUpdate
{
    /// <summary>The limits with <paramref name="changes"/> put in; zero, empty and null members change nothing.</summary>
    /// <exception cref="EngineException">The change contradicts a limit that is set, in Docker's words.</exception>
    public static ResourceSpec Merge(ResourceSpec current, ResourceSpec changes)
    {
        if (changes.NanoCpus > 0 && current.CpuPeriod > 0) throw Conflict("Nano CPUs cannot be updated as CPU Period has already been set");
        if (changes.NanoCpus > 0 && current.CpuQuota > 0) throw Conflict("Nano CPUs cannot be updated as CPU Quota has already been set");
        if (changes.CpuPeriod > 0 && current.NanoCpus > 0) throw Conflict("CPU Period cannot be updated as NanoCPUs has already been set");
        if (changes.CpuQuota > 0 && current.NanoCpus > 0) throw Conflict("CPU Quota cannot be updated as NanoCPUs has already been set");
        if (changes is { Memory: not 0, MemorySwap: 0 } && changes.Memory > current.MemorySwap)
            throw new EngineException(ErrorKind.Conflict, "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time");
        return current with
        {
            BlkioWeight = changes.BlkioWeight != 0 ? changes.BlkioWeight : current.BlkioWeight,
            CpuShares = Or(changes.CpuShares, current.CpuShares),
            NanoCpus = Or(changes.NanoCpus, current.NanoCpus),
            CpuPeriod = Or(changes.CpuPeriod, current.CpuPeriod),
            CpuQuota = Or(changes.CpuQuota, current.CpuQuota),
            CpuRealtimePeriod = Or(changes.CpuRealtimePeriod, current.CpuRealtimePeriod),
            CpuRealtimeRuntime = Or(changes.CpuRealtimeRuntime, current.CpuRealtimeRuntime),
            CpusetCpus = changes.CpusetCpus.Length > 0 ? changes.CpusetCpus : current.CpusetCpus,
            CpusetMems = changes.CpusetMems.Length > 0 ? changes.CpusetMems : current.CpusetMems,
            Memory = Or(changes.Memory, current.Memory),
            MemorySwap = Or(changes.MemorySwap, current.MemorySwap),
            MemoryReservation = Or(changes.MemoryReservation, current.MemoryReservation),
            PidsLimit = changes.PidsLimit ?? current.PidsLimit,
        };
    }

    private static long Or(long changed, long current) => changed != 0 ? changed : current;

    private static EngineException Conflict(string message) => new(ErrorKind.Conflict, $"Conflicting options: {message}");
}
