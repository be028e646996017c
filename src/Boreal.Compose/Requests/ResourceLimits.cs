using Boreal.Api.Containers;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Requests;

/// <summary>Limits and devices; what <c>deploy</c> says wins.</summary>
internal sealed class ResourceLimits(Settings service)
{
    private const double Billion = 1e9;

    public HostConfig Apply(HostConfig host)
    {
        var (limits, reserved, block) = (service.Part("deploy").Part("resources").Part("limits"), service.Part("deploy").Part("resources").Part("reservations"), service.Part("blkio_config"));
        var pids = limits.Whole("pids") > 0 ? limits.Whole("pids") : service.Whole("pids_limit");
        return host with
        {
            CgroupParent = service.Text("cgroup_parent"),
            Memory = limits.Size("memory") is > 0 and var limit ? limit : service.Size("mem_limit"),
            MemoryReservation = reserved.Size("memory") is > 0 and var reservation ? reservation : service.Size("mem_reservation"),
            MemorySwap = service.Size("memswap_limit"),
            MemorySwappiness = service.WholeOrNull("mem_swappiness") is > 0 and var swappiness ? swappiness : null,
            OomKillDisable = service.FlagOrNull("oom_kill_disable"),
            CpuCount = service.Whole("cpu_count"),
            CpuPeriod = service.Whole("cpu_period"),
            CpuQuota = service.Whole("cpu_quota"),
            CpuRealtimePeriod = service.Whole("cpu_rt_period"),
            CpuRealtimeRuntime = service.Whole("cpu_rt_runtime"),
            CpuShares = service.Whole("cpu_shares"),
            NanoCpus = (long)Math.Round((limits.Fraction("cpus") is > 0 and var cpus ? cpus : service.Fraction("cpus")) * Billion),
            CpuPercent = (long)(service.Fraction("cpu_percent") * 100),
            CpusetCpus = service.Text("cpuset"),
            DeviceCgroupRules = service.Texts("device_cgroup_rules"),
            PidsLimit = pids is 0 ? null : pids,
            Devices = NullIfEmpty(service.Parts("devices").Select(Device)),
            DeviceRequests = NullIfEmpty(reserved.Parts("devices").Concat(service.Parts("gpus").Select(gpu => gpu)).Select(Request)),
            Ulimits = NullIfEmpty(Ulimits()),
            BlkioWeight = (ushort)block.Whole("weight"),
            BlkioWeightDevice = NullIfEmpty(block.Parts("weight_device").Select(item => new WeightDevice { Path = item.Text("path"), Weight = (ushort)item.Whole("weight") })),
            BlkioDeviceReadBps = NullIfEmpty(block.Parts("device_read_bps").Select(Rate)),
            BlkioDeviceReadIOps = NullIfEmpty(block.Parts("device_read_iops").Select(Rate)),
            BlkioDeviceWriteBps = NullIfEmpty(block.Parts("device_write_bps").Select(Rate)),
            BlkioDeviceWriteIOps = NullIfEmpty(block.Parts("device_write_iops").Select(Rate)),
        };
    }

    private static DeviceMapping Device(Settings device) => new()
    {
        PathOnHost = device.Text("source"),
        PathInContainer = device.TextOrNull("target") ?? device.Text("source"),
        CgroupPermissions = device.TextOrNull("permissions") ?? "rwm",
    };

    private static DeviceRequest Request(Settings request) => new()
    {
        Driver = request.Text("driver"),
        Count = ValueText.TryCount(request.Text("count"), out var count) ? (int)count : 0,
        DeviceIDs = request.Texts("device_ids"),
        Capabilities = [request.Texts("capabilities") ?? ["gpu"]],
        Options = request.Pairs("options"),
    };

    private static ThrottleDevice Rate(Settings device) => new() { Path = device.Text("path"), Rate = (ulong)Math.Max(0, device.Size("rate")) };

    private IEnumerable<Ulimit> Ulimits()
    {
        foreach (var (name, node) in (service.Raw("ulimits") as MappingNode)?.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, Node>>())
        {
            var both = new Settings(node as MappingNode);
            var single = node.Text is { } text && ValueText.TryWhole(text, out var value) ? value : 0;
            yield return new Ulimit { Name = name, Soft = node is MappingNode ? both.Whole("soft") : single, Hard = node is MappingNode ? both.Whole("hard") : single };
        }
    }

    private static List<T>? NullIfEmpty<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
