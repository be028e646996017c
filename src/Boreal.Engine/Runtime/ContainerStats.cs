using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Runtime;

/// <summary>Everything one line of <c>docker stats</c> is made of.</summary>
public sealed record ContainerStats
{
    public required DateTimeOffset Read { get; init; }

    public required CgroupStats Group { get; init; }

    /// <summary>CPU time of the whole machine, idle included, in nanoseconds.</summary>
    public required ulong SystemCpu { get; init; }

    public required int OnlineCpus { get; init; }

    /// <summary>Memory limit in bytes, at most the machine's memory.</summary>
    public required ulong MemoryLimit { get; init; }

    /// <summary>True if the numbers come from version 1 files: the memory details then are version 1's.</summary>
    public required bool IsV1 { get; init; }

    /// <summary>Counters by interface name, without the loopback.</summary>
    public required IReadOnlyDictionary<string, InterfaceStats> Networks { get; init; }
}
