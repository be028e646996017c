namespace Boreal.Linux.Cgroups;

/// <summary>Block I/O per device. Version 2 only fills <see cref="ServiceBytes"/>.</summary>
public sealed record BlockIoStats
{
    public IReadOnlyList<BlockIoEntry> ServiceBytes { get; init; } = [];

    public IReadOnlyList<BlockIoEntry> Serviced { get; init; } = [];

    public IReadOnlyList<BlockIoEntry> Queued { get; init; } = [];

    public IReadOnlyList<BlockIoEntry> ServiceTime { get; init; } = [];

    public IReadOnlyList<BlockIoEntry> WaitTime { get; init; } = [];

    public IReadOnlyList<BlockIoEntry> Merged { get; init; } = [];

    public IReadOnlyList<BlockIoEntry> Time { get; init; } = [];

    public IReadOnlyList<BlockIoEntry> Sectors { get; init; } = [];
}
