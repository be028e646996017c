using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>An update's limits laid over those a container has: what is zero or missing stays.</summary>
internal static class ResourceChange
{
    public static ResourceSpec Apply(ResourceSpec current, Wire.Resources wanted)
    {
        CheckConflicts(current, wanted);
        return current with
        {
            BlkioWeight = wanted.BlkioWeight is 0 ? current.BlkioWeight : wanted.BlkioWeight,
            CpuShares = Or(wanted.CpuShares, current.CpuShares),
            NanoCpus = Or(wanted.NanoCpus, current.NanoCpus),
            CpuPeriod = Or(wanted.CpuPeriod, current.CpuPeriod),
            CpuQuota = Or(wanted.CpuQuota, current.CpuQuota),
            CpuRealtimePeriod = Or(wanted.CpuRealtimePeriod, current.CpuRealtimePeriod),
            CpuRealtimeRuntime = Or(wanted.CpuRealtimeRuntime, current.CpuRealtimeRuntime),
            CpusetCpus = wanted.CpusetCpus is "" ? current.CpusetCpus : wanted.CpusetCpus,
            CpusetMems = wanted.CpusetMems is "" ? current.CpusetMems : wanted.CpusetMems,
            Memory = Or(wanted.Memory, current.Memory),
            MemorySwap = Or(wanted.MemorySwap, current.MemorySwap),
            MemoryReservation = Or(wanted.MemoryReservation, current.MemoryReservation),
            PidsLimit = wanted.PidsLimit switch { null => current.PidsLimit, <= 0 => null, var limit => limit },
        };
    }

    private static void CheckConflicts(ResourceSpec current, Wire.Resources wanted)
    {
        if (wanted.NanoCpus > 0 && current.CpuPeriod > 0)
            throw Conflict("Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set");
        if (wanted.NanoCpus > 0 && current.CpuQuota > 0)
            throw Conflict("Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set");
        if (wanted.CpuPeriod > 0 && current.NanoCpus > 0)
            throw Conflict("Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set");
        if (wanted.CpuQuota > 0 && current.NanoCpus > 0)
            throw Conflict("Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set");
        if (wanted is { Memory: not 0, MemorySwap: 0 } && current.MemorySwap > 0 && wanted.Memory > current.MemorySwap)
            throw Conflict("Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time");
    }

    private static long Or(long wanted, long current) => wanted is 0 ? current : wanted;

    private static EngineException Conflict(string message) => new(ErrorKind.Conflict, message);
}
