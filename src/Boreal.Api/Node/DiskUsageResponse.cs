using System.Text.Json.Serialization;
using Boreal.Api.Builds;
using Boreal.Api.Containers;
using Boreal.Api.Images;
using Boreal.Api.Volumes;

namespace Boreal.Api.Node;

/// <summary>The answer of <c>GET /system/df</c>. What was not asked for is null.</summary>
public sealed record DiskUsageResponse
{
    /// <summary>Bytes of all image layers, each counted once.</summary>
    public long LayersSize { get; init; }

    public IReadOnlyList<ImageSummary>? Images { get; init; }

    public IReadOnlyList<ContainerSummary>? Containers { get; init; }

    public IReadOnlyList<Volume>? Volumes { get; init; }

    public IReadOnlyList<BuildCacheEntry>? BuildCache { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? BuilderSize { get; init; }
}
