namespace Boreal.Linux.Cgroups;

/// <summary>Which limits this machine's kernel and mounts support.</summary>
public sealed record KernelFeatures
{
    public bool MemoryLimit { get; init; }

    public bool SwapLimit { get; init; }

    public bool MemoryReservation { get; init; }

    public bool OomKillDisable { get; init; }

    public bool MemorySwappiness { get; init; }

    public bool KernelMemoryTcp { get; init; }

    public bool CpuShares { get; init; }

    public bool CpuCfs { get; init; }

    public bool CpuRealtime { get; init; }

    public bool BlkioWeight { get; init; }

    public bool BlkioWeightDevice { get; init; }

    public bool BlkioReadBps { get; init; }

    public bool BlkioWriteBps { get; init; }

    public bool BlkioReadIops { get; init; }

    public bool BlkioWriteIops { get; init; }

    public bool Cpuset { get; init; }

    /// <summary>CPUs a cpuset may use, in the kernel's list format.</summary>
    public string Cpus { get; init; } = "";

    /// <summary>Memory nodes a cpuset may use, in the kernel's list format.</summary>
    public string Mems { get; init; } = "";

    public bool PidsLimit { get; init; }

    public bool Seccomp { get; init; }

    public bool AppArmor { get; init; }

    public bool CgroupNamespaces { get; init; }

    public bool IPv4Forwarding { get; init; }

    /// <summary>Number of CPUs online.</summary>
    public int CpuCount { get; init; }
}
