using System.Text.Json.Serialization;

namespace Boreal.Api.Containers;

/// <summary>Block I/O counters; cgroup v2 fills the first only.</summary>
public sealed record BlkioStats
{
    [JsonPropertyName("io_service_bytes_recursive")]
    public IReadOnlyList<BlkioEntry>? IoServiceBytesRecursive { get; set; }

    [JsonPropertyName("io_serviced_recursive")]
    public IReadOnlyList<BlkioEntry>? IoServicedRecursive { get; set; }

    [JsonPropertyName("io_queue_recursive")]
    public IReadOnlyList<BlkioEntry>? IoQueueRecursive { get; set; }

    [JsonPropertyName("io_service_time_recursive")]
    public IReadOnlyList<BlkioEntry>? IoServiceTimeRecursive { get; set; }

    [JsonPropertyName("io_wait_time_recursive")]
    public IReadOnlyList<BlkioEntry>? IoWaitTimeRecursive { get; set; }

    [JsonPropertyName("io_merged_recursive")]
    public IReadOnlyList<BlkioEntry>? IoMergedRecursive { get; set; }

    [JsonPropertyName("io_time_recursive")]
    public IReadOnlyList<BlkioEntry>? IoTimeRecursive { get; set; }

    [JsonPropertyName("sectors_recursive")]
    public IReadOnlyList<BlkioEntry>? SectorsRecursive { get; set; }
}
