namespace Boreal.Linux.Cgroups;

/// <summary>Memory in bytes. <see cref="Details"/> holds the entries of memory.stat, which differ between versions.</summary>
public sealed record MemoryStats
{
    public ulong Usage { get; init; }

    /// <summary>The high-water mark; zero on version 2.</summary>
    public ulong MaxUsage { get; init; }

    /// <summary>The limit, or a number beyond any machine's memory when there is none.</summary>
    public ulong Limit { get; init; }

    /// <summary>How often the limit was hit.</summary>
    public ulong FailCount { get; init; }

    public IReadOnlyDictionary<string, ulong> Details { get; init; } = new Dictionary<string, ulong>();
}
