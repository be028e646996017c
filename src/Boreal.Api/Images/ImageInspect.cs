using System.Text.Json.Serialization;
using Boreal.Api.Containers;

namespace Boreal.Api.Images;

/// <summary>The answer of <c>GET /images/{name}/json</c>.</summary>
public sealed record ImageInspect
{
    public string Id { get; init; } = "";

    public IReadOnlyList<string> RepoTags { get; init; } = [];

    public IReadOnlyList<string> RepoDigests { get; init; } = [];

    public string Parent { get; init; } = "";

    public string Comment { get; init; } = "";

    public string Created { get; init; } = "";

    /// <summary>Sent to clients older than 1.45 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Container { get; init; }

    /// <summary>Sent to clients older than 1.45 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContainerConfig? ContainerConfig { get; init; }

    public string DockerVersion { get; init; } = "";

    public string Author { get; init; } = "";

    public ContainerConfig? Config { get; init; }

    public string Architecture { get; init; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variant { get; init; }

    public string Os { get; init; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OsVersion { get; init; }

    public long Size { get; init; }

    /// <summary>The same as <see cref="Size"/>; sent to clients older than 1.44 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? VirtualSize { get; init; }

    public GraphDriver GraphDriver { get; init; } = new();

    public ImageRootFs RootFS { get; init; } = new();

    public ImageMetadata Metadata { get; init; } = new();
}
