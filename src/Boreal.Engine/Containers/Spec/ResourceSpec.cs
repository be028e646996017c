namespace Boreal.Engine.Containers.Spec;

/// <summary>Limits, in Docker's units: bytes, microseconds of a period, 10^-9 CPUs. Zero means not set.</summary>
public sealed record ResourceSpec
{
    /// <summary>Bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes, soft limit.</summary>
    public long MemoryReservation { get; init; }

    /// <summary>Bytes of memory plus swap; -1 is unlimited.</summary>
    public long MemorySwap { get; init; }

    /// <summary>0 to 100, null for the kernel's default (cgroup v1 only).</summary>
    public long? MemorySwappiness { get; init; }

    public bool? OomKillDisable { get; init; }

    public int OomScoreAdj { get; init; }

    public long CpuShares { get; init; }

    /// <summary>CPUs times 10^9.</summary>
    public long NanoCpus { get; init; }

    /// <summary>Microseconds.</summary>
    public long CpuPeriod { get; init; }

    /// <summary>Microseconds per period.</summary>
    public long CpuQuota { get; init; }

    public long CpuRealtimePeriod { get; init; }

    public long CpuRealtimeRuntime { get; init; }

    public string CpusetCpus { get; init; } = "";

    public string CpusetMems { get; init; } = "";

    /// <summary>Null, zero or negative is unlimited.</summary>
    public long? PidsLimit { get; init; }

    public ushort BlkioWeight { get; init; }

    public IReadOnlyList<DeviceWeight>? BlkioWeightDevice { get; init; }

    public IReadOnlyList<DeviceRate>? BlkioDeviceReadBps { get; init; }

    public IReadOnlyList<DeviceRate>? BlkioDeviceWriteBps { get; init; }

    public IReadOnlyList<DeviceRate>? BlkioDeviceReadIops { get; init; }

    public IReadOnlyList<DeviceRate>? BlkioDeviceWriteIops { get; init; }

    public IReadOnlyList<UlimitSpec>? Ulimits { get; init; }

    /// <summary>Parent cgroup; empty means the daemon's.</summary>
    public string CgroupParent { get; init; } = "";
}
