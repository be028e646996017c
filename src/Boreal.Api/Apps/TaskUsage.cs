namespace Boreal.Api.Apps;

/// <summary>What a task's container uses.</summary>
public sealed record TaskUsage
{
    public string Id { get; set; } = "";

    public int Slot { get; set; }

    public string ContainerId { get; set; } = "";

    /// <summary>Processor time since its start, in nanoseconds.</summary>
    public ulong CpuTime { get; set; }

    /// <summary>Bytes, without caches of files that the kernel can drop.</summary>
    public ulong Memory { get; set; }

    /// <summary>Bytes; 0: no limit.</summary>
    public long MemoryLimit { get; set; }
}
