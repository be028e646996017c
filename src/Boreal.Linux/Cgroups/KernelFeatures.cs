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

    /// <summary>Number of CPUs this process may use.</summary>
    public int CpuCount { get; init; }

    /// <summary>Looks at the files of the mounted hierarchies and below /proc and /sys.</summary>
    public static KernelFeatures Detect(CgroupLayout layout, int cpuCount) =>
        (layout.UsesV1Limits ? OfV1(layout) : OfV2(layout.Unified ?? "")) with
        {
            CpuCount = cpuCount,
            Seccomp = CgroupFile.Text("/proc/self/status").Contains("\nSeccomp:", StringComparison.Ordinal),
            AppArmor = File.Exists("/sys/kernel/security/apparmor/profiles"),
            CgroupNamespaces = File.Exists("/proc/self/ns/cgroup"),
            IPv4Forwarding = CgroupFile.Text("/proc/sys/net/ipv4/ip_forward") is "1",
        };

    private static KernelFeatures OfV1(CgroupLayout layout)
    {
        bool Has(string controller, string file) => layout.Hierarchies.TryGetValue(controller, out var mount) && File.Exists($"{mount}/{file}");
        return new KernelFeatures
        {
            MemoryLimit = layout.Hierarchies.ContainsKey("memory"),
            SwapLimit = Has("memory", "memory.memsw.limit_in_bytes"),
            MemoryReservation = Has("memory", "memory.soft_limit_in_bytes"),
            OomKillDisable = Has("memory", "memory.oom_control"),
            MemorySwappiness = Has("memory", "memory.swappiness"),
            KernelMemoryTcp = Has("memory", "memory.kmem.tcp.limit_in_bytes"),
            CpuShares = Has("cpu", "cpu.shares"),
            CpuCfs = Has("cpu", "cpu.cfs_quota_us"),
            CpuRealtime = Has("cpu", "cpu.rt_period_us"),
            BlkioWeight = Has("blkio", "blkio.weight"),
            BlkioWeightDevice = Has("blkio", "blkio.weight_device"),
            BlkioReadBps = Has("blkio", "blkio.throttle.read_bps_device"),
            BlkioWriteBps = Has("blkio", "blkio.throttle.write_bps_device"),
            BlkioReadIops = Has("blkio", "blkio.throttle.read_iops_device"),
            BlkioWriteIops = Has("blkio", "blkio.throttle.write_iops_device"),
            Cpuset = layout.Hierarchies.ContainsKey("cpuset"),
            Cpus = layout.Hierarchies.TryGetValue("cpuset", out var cpuset) ? CgroupFile.Text($"{cpuset}/cpuset.cpus") : "",
            Mems = cpuset is null ? "" : CgroupFile.Text($"{cpuset}/cpuset.mems"),
            PidsLimit = layout.Hierarchies.ContainsKey("pids"),
        };
    }

    private static KernelFeatures OfV2(string root)
    {
        var controllers = CgroupFile.Text($"{root}/cgroup.controllers").Split(' ');
        var io = controllers.Contains("io");
        return new KernelFeatures
        {
            MemoryLimit = controllers.Contains("memory"),
            // The root group has no limits of its own, so the file only shows below it; kernels without swap accounting are long gone.
            SwapLimit = controllers.Contains("memory"),
            MemoryReservation = controllers.Contains("memory"),
            CpuShares = controllers.Contains("cpu"),
            CpuCfs = controllers.Contains("cpu"),
            BlkioWeight = io,
            BlkioWeightDevice = io,
            BlkioReadBps = io,
            BlkioWriteBps = io,
            BlkioReadIops = io,
            BlkioWriteIops = io,
            Cpuset = controllers.Contains("cpuset"),
            Cpus = CgroupFile.Text($"{root}/cpuset.cpus.effective"),
            Mems = CgroupFile.Text($"{root}/cpuset.mems.effective"),
            PidsLimit = controllers.Contains("pids"),
        };
    }
}
