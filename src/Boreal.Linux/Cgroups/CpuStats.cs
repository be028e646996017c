namespace Boreal.Linux.Cgroups;

/// <summary>CPU time in nanoseconds. <see cref="PerCpu"/> is null on version 2, which does not keep it.</summary>
public sealed record CpuStats
{
    public ulong Total { get; init; }

    public ulong Kernel { get; init; }

    public ulong User { get; init; }

    public IReadOnlyList<ulong>? PerCpu { get; init; }

    public ulong Periods { get; init; }

    public ulong ThrottledPeriods { get; init; }

    public ulong ThrottledTime { get; init; }
}
