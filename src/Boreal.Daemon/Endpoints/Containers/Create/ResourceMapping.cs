using Boreal.Engine.Containers.Spec;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Limits, as create and update carry them.</summary>
internal static class ResourceMapping
{
    public static ResourceSpec ToSpec(Wire.Resources wire, int oomScoreAdj) => new()
    {
        Memory = wire.Memory,
        MemoryReservation = wire.MemoryReservation,
        // Docker's default: as much swap as memory.
        MemorySwap = wire is { Memory: > 0, MemorySwap: 0 } ? wire.Memory * 2 : wire.MemorySwap,
        MemorySwappiness = wire.MemorySwappiness is -1 ? null : wire.MemorySwappiness,
        OomKillDisable = wire.OomKillDisable ?? false,
        OomScoreAdj = oomScoreAdj,
        CpuShares = wire.CpuShares,
        NanoCpus = wire.NanoCpus,
        CpuPeriod = wire.CpuPeriod,
        CpuQuota = wire.CpuQuota,
        CpuRealtimePeriod = wire.CpuRealtimePeriod,
        CpuRealtimeRuntime = wire.CpuRealtimeRuntime,
        CpusetCpus = wire.CpusetCpus,
        CpusetMems = wire.CpusetMems,
        PidsLimit = wire.PidsLimit is <= 0 ? null : wire.PidsLimit,
        BlkioWeight = wire.BlkioWeight,
        BlkioWeightDevice = wire.BlkioWeightDevice?.Select(device => new DeviceWeight(device.Path, device.Weight)).ToList(),
        BlkioDeviceReadBps = Rates(wire.BlkioDeviceReadBps),
        BlkioDeviceWriteBps = Rates(wire.BlkioDeviceWriteBps),
        BlkioDeviceReadIops = Rates(wire.BlkioDeviceReadIOps),
        BlkioDeviceWriteIops = Rates(wire.BlkioDeviceWriteIOps),
        Ulimits = wire.Ulimits?.Select(limit => new UlimitSpec(limit.Name, limit.Soft, limit.Hard)).ToList(),
        CgroupParent = wire.CgroupParent,
    };

    private static List<DeviceRate>? Rates(IReadOnlyList<Wire.ThrottleDevice>? devices) =>
        devices?.Select(device => new DeviceRate(device.Path, device.Rate)).ToList();
}
