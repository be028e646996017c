using System.Text.Json.Serialization;

namespace Boreal.Api.Containers;

/// <summary>Limits of a container, as create, update and inspect carry them. Zero means not set.</summary>
public record Resources
{
    public long CpuShares { get; init; }

    /// <summary>Bytes.</summary>
    public long Memory { get; init; }

    /// <summary>CPUs times 10^9.</summary>
    public long NanoCpus { get; init; }

    public string CgroupParent { get; init; } = "";

    public ushort BlkioWeight { get; init; }

    public IReadOnlyList<WeightDevice>? BlkioWeightDevice { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadBps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteBps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadIOps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteIOps { get; init; }

    public long CpuPeriod { get; init; }

    public long CpuQuota { get; init; }

    public long CpuRealtimePeriod { get; init; }

    public long CpuRealtimeRuntime { get; init; }

    public string CpusetCpus { get; init; } = "";

    public string CpusetMems { get; init; } = "";

    public IReadOnlyList<DeviceMapping>? Devices { get; init; }

    public IReadOnlyList<string>? DeviceCgroupRules { get; init; }

    public IReadOnlyList<DeviceRequest>? DeviceRequests { get; init; }

    /// <summary>Refused by kernels and engines of today; read so that it can be warned about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? KernelMemory { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? KernelMemoryTCP { get; init; }

    public long MemoryReservation { get; init; }

    /// <summary>Bytes of memory plus swap; -1 is unlimited.</summary>
    public long MemorySwap { get; init; }

    public long? MemorySwappiness { get; init; }

    public bool? OomKillDisable { get; init; }

    public long? PidsLimit { get; init; }

    public IReadOnlyList<Ulimit>? Ulimits { get; init; }

    /// <summary>Windows only.</summary>
    public long CpuCount { get; init; }

    /// <summary>Windows only.</summary>
    public long CpuPercent { get; init; }

    /// <summary>Windows only.</summary>
    public ulong IOMaximumIOps { get; init; }

    /// <summary>Windows only.</summary>
    public ulong IOMaximumBandwidth { get; init; }
}
