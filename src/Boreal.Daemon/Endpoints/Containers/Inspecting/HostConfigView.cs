using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Security;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Inspecting;

/// <summary>A spec as Docker's HostConfig: what was asked, with defaults filled in.</summary>
internal static class HostConfigView
{
    public static Wire.HostConfig Describe(ContainerSpec spec) => WithLimits(WithNetwork(WithSecurity(new Wire.HostConfig
    {
        Binds = spec.Storage.Binds,
        ContainerIDFile = spec.ContainerIdFile,
        LogConfig = new Wire.LogConfig { Type = spec.Log.Driver, Config = spec.Log.Options },
        RestartPolicy = new Wire.RestartPolicy { Name = spec.Restart.Policy, MaximumRetryCount = spec.Restart.MaximumRetryCount },
        AutoRemove = spec.AutoRemove,
        VolumeDriver = spec.Storage.VolumeDriver,
        VolumesFrom = spec.Storage.VolumesFrom,
        ConsoleSize = spec.Process.ConsoleSize is { } size ? [size.Height, size.Width] : [0, 0],
        Annotations = spec.Annotations is { Count: > 0 } annotations ? annotations : null,
        GroupAdd = spec.Process.AdditionalGroups,
        ReadonlyRootfs = spec.Storage.ReadonlyRootfs,
        Tmpfs = spec.Storage.Tmpfs is { Count: > 0 } tmpfs ? tmpfs : null,
        ShmSize = spec.Storage.ShmSize,
        Runtime = spec.Runtime,
        Mounts = spec.Storage.Mounts is { Count: > 0 } mounts ? [.. mounts.Select(MountView.Describe)] : null,
        Init = spec.Process.Init,
        CgroupnsMode = spec.Namespaces.Cgroup,
        IpcMode = spec.Namespaces.Ipc,
        PidMode = spec.Namespaces.Pid,
        UTSMode = spec.Namespaces.Uts,
        UsernsMode = spec.Namespaces.User,
    }, spec.Security), spec.Network), spec.Resources);

    private static Wire.HostConfig WithSecurity(Wire.HostConfig host, SecuritySpec security) => host with
    {
        Privileged = security.Privileged,
        CapAdd = security.CapAdd,
        CapDrop = security.CapDrop,
        SecurityOpt = security.SecurityOptions,
        MaskedPaths = security.MaskedPaths ?? (security.Privileged ? null : SystemPaths.Masked),
        ReadonlyPaths = security.ReadonlyPaths ?? (security.Privileged ? null : SystemPaths.Readonly),
        Devices = security.Devices?.Select(device => new Wire.DeviceMapping
        {
            PathOnHost = device.PathOnHost,
            PathInContainer = device.PathInContainer,
            CgroupPermissions = device.CgroupPermissions,
        }).ToList(),
        DeviceCgroupRules = security.DeviceCgroupRules,
        Sysctls = security.Sysctls is { Count: > 0 } sysctls ? sysctls : null,
    };

    private static Wire.HostConfig WithNetwork(Wire.HostConfig host, NetworkSpec network) => host with
    {
        NetworkMode = network.Mode,
        PortBindings = Bindings(network.Published),
        PublishAllPorts = network.PublishAll,
        Dns = network.DnsServers,
        DnsOptions = network.DnsOptions,
        DnsSearch = network.DnsSearch,
        ExtraHosts = network.ExtraHosts,
        Links = network.Links,
    };

    private static Wire.HostConfig WithLimits(Wire.HostConfig host, ResourceSpec limits) => host with
    {
        OomScoreAdj = limits.OomScoreAdj,
        CpuShares = limits.CpuShares,
        Memory = limits.Memory,
        NanoCpus = limits.NanoCpus,
        CgroupParent = limits.CgroupParent,
        BlkioWeight = limits.BlkioWeight,
        BlkioWeightDevice = limits.BlkioWeightDevice?.Select(device => new Wire.WeightDevice { Path = device.Path, Weight = device.Weight }).ToList(),
        BlkioDeviceReadBps = Rates(limits.BlkioDeviceReadBps),
        BlkioDeviceWriteBps = Rates(limits.BlkioDeviceWriteBps),
        BlkioDeviceReadIOps = Rates(limits.BlkioDeviceReadIops),
        BlkioDeviceWriteIOps = Rates(limits.BlkioDeviceWriteIops),
        CpuPeriod = limits.CpuPeriod,
        CpuQuota = limits.CpuQuota,
        CpuRealtimePeriod = limits.CpuRealtimePeriod,
        CpuRealtimeRuntime = limits.CpuRealtimeRuntime,
        CpusetCpus = limits.CpusetCpus,
        CpusetMems = limits.CpusetMems,
        MemoryReservation = limits.MemoryReservation,
        MemorySwap = limits.MemorySwap,
        MemorySwappiness = limits.MemorySwappiness,
        OomKillDisable = limits.OomKillDisable,
        PidsLimit = limits.PidsLimit,
        Ulimits = limits.Ulimits?.Select(limit => new Wire.Ulimit { Name = limit.Name, Hard = limit.Hard, Soft = limit.Soft }).ToList(),
    };

    private static SortedDictionary<string, IReadOnlyList<Wire.PortBinding>?> Bindings(IReadOnlyList<PublishedPort> published)
    {
        var bindings = new SortedDictionary<string, IReadOnlyList<Wire.PortBinding>?>(StringComparer.Ordinal);
        foreach (var port in published.GroupBy(port => port.ContainerPort))
            bindings[port.Key.ToString()] = [.. port.Select(one => new Wire.PortBinding { HostIp = one.HostAddress, HostPort = one.HostPort })];
        return bindings;
    }

    private static List<Wire.ThrottleDevice>? Rates(IReadOnlyList<DeviceRate>? devices) =>
        devices?.Select(device => new Wire.ThrottleDevice { Path = device.Path, Rate = device.Rate }).ToList();
}
