namespace Boreal.Linux.Cgroups;

/// <summary>One reading of a group's counters, in the kernel's version-independent units: nanoseconds and bytes.</summary>
public sealed record CgroupStats
{
    public CpuStats Cpu { get; init; } = new();

    public MemoryStats Memory { get; init; } = new();

    public BlockIoStats BlockIo { get; init; } = new();

    public PidsStats Pids { get; init; } = new();
}
