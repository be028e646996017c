using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Options;

/// <summary>Limits that can be set at creation and changed later.</summary>
internal sealed class ResourceOptions(FlagSet flags)
{
    private readonly ValueFlag<long> _blockWeight = flags.Value("blkio-weight", '\0', "uint16",
        "Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)", 0L, text => GoNumbers.ParseUnsigned(text, ushort.MaxValue));

    private readonly ValueFlag<long> _period = flags.Integer("cpu-period", '\0', "Limit CPU CFS (Completely Fair Scheduler) period");
    private readonly ValueFlag<long> _quota = flags.Integer("cpu-quota", '\0', "Limit CPU CFS (Completely Fair Scheduler) quota");
    private readonly ValueFlag<long> _realTimePeriod = flags.Integer("cpu-rt-period", '\0', "Limit the CPU real-time period in microseconds");
    private readonly ValueFlag<long> _realTimeRuntime = flags.Integer("cpu-rt-runtime", '\0', "Limit the CPU real-time runtime in microseconds");
    private readonly ValueFlag<long> _shares = flags.Integer("cpu-shares", 'c', "CPU shares (relative weight)");
    private readonly ValueFlag<long> _nanoCpus = flags.Value("cpus", '\0', "decimal", "Number of CPUs", 0L, ParseCpus);
    private readonly ValueFlag<string> _cpuset = flags.Text("cpuset-cpus", '\0', "CPUs in which to allow execution (0-3, 0,1)");
    private readonly ValueFlag<string> _memoryNodes = flags.Text("cpuset-mems", '\0', "MEMs in which to allow execution (0-3, 0,1)");
    private readonly ValueFlag<long> _memory = flags.Value("memory", 'm', "bytes", "Memory limit", 0L, ByteSize.Parse);
    private readonly ValueFlag<long> _reservation = flags.Value("memory-reservation", '\0', "bytes", "Memory soft limit", 0L, ByteSize.Parse);

    private readonly ValueFlag<long> _swap = flags.Value("memory-swap", '\0', "bytes",
        "Swap limit equal to memory plus swap: -1 to enable unlimited swap", 0L, ByteSize.ParseOrUnlimited);

    private readonly ValueFlag<long> _pids = flags.Integer("pids-limit", '\0', "Tune container pids limit (set -1 for unlimited)");

    /// <summary>Some option of these was given.</summary>
    public bool AnyGiven => new Flag[]
    {
        _blockWeight, _period, _quota, _realTimePeriod, _realTimeRuntime, _shares, _nanoCpus, _cpuset, _memoryNodes, _memory, _reservation, _swap, _pids,
    }.Any(flag => flag.IsGiven);

    public T AddTo<T>(T resources, bool onlyGivenPids = false)
        where T : Resources => resources with
        {
            BlkioWeight = (ushort)_blockWeight.Value,
            CpuPeriod = _period.Value,
            CpuQuota = _quota.Value,
            CpuRealtimePeriod = _realTimePeriod.Value,
            CpuRealtimeRuntime = _realTimeRuntime.Value,
            CpuShares = _shares.Value,
            NanoCpus = _nanoCpus.Value,
            CpusetCpus = _cpuset.Value,
            CpusetMems = _memoryNodes.Value,
            Memory = _memory.Value,
            MemoryReservation = _reservation.Value,
            MemorySwap = _swap.Value,
            PidsLimit = onlyGivenPids && !_pids.IsGiven ? null : _pids.Value,
        };

    private static long ParseCpus(string text) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var cpus)
            ? decimal.Truncate(cpus * 1_000_000_000) == cpus * 1_000_000_000 ? (long)(cpus * 1_000_000_000) : throw new FormatException("value is too precise")
            : throw new FormatException($"failed to parse {text} as a rational number");
}
