using System.Text.Json.Serialization;

namespace Boreal.Api.Images;

/// <summary>The <c>X-Docker-Container-Path-Stat</c> header, before base64.</summary>
public sealed record ContainerPathStat
{
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("size")]
    public long Size { get; init; }

    /// <summary>Go's os.FileMode.</summary>
    [JsonPropertyName("mode")]
    public uint Mode { get; init; }

    [JsonPropertyName("mtime")]
    public string Modified { get; init; } = "";

    [JsonPropertyName("linkTarget")]
    public string LinkTarget { get; init; } = "";
}
