using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Options;

/// <summary>Limits and devices that are fixed at creation.</summary>
internal sealed class HostResourceOptions(FlagSet flags)
{
    private readonly ListFlag _blockWeights = flags.List("blkio-weight-device", '\0', "Block IO weight (relative device weight) (default [])", text => Checked(text, Devices.Weight));
    private readonly ListFlag _readBytes = flags.List("device-read-bps", '\0', "Limit read rate (bytes per second) from a device (default [])", text => Checked(text, Devices.BytesRate));
    private readonly ListFlag _readOperations = flags.List("device-read-iops", '\0', "Limit read rate (IO per second) from a device (default [])", text => Checked(text, Devices.OperationsRate));
    private readonly ListFlag _writeBytes = flags.List("device-write-bps", '\0', "Limit write rate (bytes per second) to a device (default [])", text => Checked(text, Devices.BytesRate));
    private readonly ListFlag _writeOperations = flags.List("device-write-iops", '\0', "Limit write rate (IO per second) to a device (default [])", text => Checked(text, Devices.OperationsRate));
    private readonly ValueFlag<string> _cgroupParent = flags.Text("cgroup-parent", '\0', "Optional parent cgroup for the container");
    private readonly ListFlag _devices = flags.List("device", '\0', "Add a host device to the container");
    private readonly ListFlag _rules = flags.List("device-cgroup-rule", '\0', "Add a rule to the cgroup allowed devices list", Devices.CheckRule);
    private readonly ValueFlag<string> _gpus = flags.Value("gpus", '\0', "gpu-request", "GPU devices to add to the container ('all' to pass all GPUs)", "", text => text);
    private readonly ValueFlag<long> _kernelMemory = flags.Value("kernel-memory", '\0', "bytes", "Kernel memory limit", 0L, ByteSize.Parse);
    private readonly ValueFlag<long> _swappiness = flags.Integer("memory-swappiness", '\0', "Tune container memory swappiness (0 to 100)", -1);
    private readonly ValueFlag<bool> _noOomKill = flags.Switch("oom-kill-disable", '\0', "Disable OOM Killer");
    private readonly ListFlag _ulimits = flags.Add(new ListFlag("ulimit", '\0', "Ulimit options (default [])", text => Checked(text, Ulimits.Parse)) { ValueName = "ulimit" });

    public HostConfig AddTo(HostConfig host)
    {
        if (_swappiness.Value is not (-1 or (>= 0 and <= 100)))
            throw new FormatException($"invalid value: {_swappiness.Value}. Valid memory swappiness range is 0-100");
        return host with
        {
            BlkioWeightDevice = [.. _blockWeights.Values.Select(Devices.Weight)],
            BlkioDeviceReadBps = [.. _readBytes.Values.Select(Devices.BytesRate)],
            BlkioDeviceReadIOps = [.. _readOperations.Values.Select(Devices.OperationsRate)],
            BlkioDeviceWriteBps = [.. _writeBytes.Values.Select(Devices.BytesRate)],
            BlkioDeviceWriteIOps = [.. _writeOperations.Values.Select(Devices.OperationsRate)],
            CgroupParent = _cgroupParent.Value,
            Devices = [.. _devices.Values.Select(Devices.Mapping)],
            DeviceCgroupRules = _rules.Values.Count > 0 ? _rules.Values : null,
            DeviceRequests = Gpus(),
            KernelMemory = _kernelMemory.IsGiven ? _kernelMemory.Value : null,
            MemorySwappiness = _swappiness.Value,
            OomKillDisable = _noOomKill.Value,
            Ulimits = [.. LastOfEach(_ulimits.Values.Select(Ulimits.Parse))],
        };
    }

    private static IEnumerable<Ulimit> LastOfEach(IEnumerable<Ulimit> limits) =>
        limits.GroupBy(limit => limit.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Last());

    private List<DeviceRequest>? Gpus()
    {
        if (!_gpus.IsGiven) return null;
        var count = _gpus.Value is "all" ? -1 : int.TryParse(_gpus.Value, out var number) ? number : throw new FormatException($"invalid count ({_gpus.Value}): value must be either \"all\" or an integer");
        return [new DeviceRequest { Count = count, Capabilities = [["gpu"]] }];
    }

    private static string Checked<T>(string text, Func<string, T> parse)
    {
        parse(text);
        return text;
    }
}
