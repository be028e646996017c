namespace Boreal.Build.Graph;

/// <summary>What a program may use; zero or empty is no limit.</summary>
public sealed record RunLimits
{
    public static readonly RunLimits None = new();

    public IReadOnlyList<ResourceLimit> Ulimits { get; init; } = [];

    public string CgroupParent { get; init; } = "";

    /// <summary>Bytes of memory.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes of memory and swap together; -1 for any amount of swap.</summary>
    public long MemorySwap { get; init; }

    public ulong CpuShares { get; init; }

    /// <summary>Microseconds.</summary>
    public ulong CpuPeriod { get; init; }

    /// <summary>Microseconds of each period.</summary>
    public long CpuQuota { get; init; }

    public string CpusetCpus { get; init; } = "";

    public string CpusetMems { get; init; } = "";

    internal void Write(CanonicalWriter writer) => writer
        .Write(Ulimits, (target, limit) => target.Write(limit.Name).Write(limit.Soft).Write(limit.Hard))
        .Write(CgroupParent).Write(Memory).Write(MemorySwap).Write((long)CpuShares).Write((long)CpuPeriod).Write(CpuQuota)
        .Write(CpusetCpus).Write(CpusetMems);
}
