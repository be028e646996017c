using System.Text.Json.Serialization;
using Boreal.Api.Json;

namespace Boreal.Api.Containers;

/// <summary>One sample of <c>GET /containers/{id}/stats</c>.</summary>
public sealed record ContainerStats
{
    /// <summary>RFC 3339 with nanoseconds.</summary>
    [JsonPropertyName("read")]
    public string Read { get; init; } = "";

    /// <summary>When the sample in <see cref="PreCpuStats"/> was taken.</summary>
    [JsonPropertyName("preread")]
    public string PreRead { get; init; } = "";

    [JsonPropertyName("pids_stats")]
    public PidsStats PidsStats { get; init; } = new();

    [JsonPropertyName("blkio_stats")]
    public BlkioStats BlkioStats { get; init; } = new();

    /// <summary>Windows only.</summary>
    [JsonPropertyName("num_procs")]
    public uint NumProcs { get; init; }

    /// <summary>Windows only.</summary>
    [JsonPropertyName("storage_stats")]
    public EmptyObject StorageStats { get; init; } = EmptyObject.Instance;

    [JsonPropertyName("cpu_stats")]
    public CpuStats CpuStats { get; init; } = new();

    [JsonPropertyName("precpu_stats")]
    public CpuStats PreCpuStats { get; init; } = new();

    [JsonPropertyName("memory_stats")]
    public MemoryStats MemoryStats { get; init; } = new();

    /// <summary>With a leading slash.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("id")]
    public string Id { get; init; } = "";

    /// <summary>By interface name in the container.</summary>
    [JsonPropertyName("networks"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, InterfaceStats>? Networks { get; init; }
}
