using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boreal.Oci.Images;

/// <summary>
/// The image's configuration document, whose digest is the image's id. A document read from outside is kept as the
/// bytes it came in; this record only reads it.
/// </summary>
public sealed record ImageConfig
{
    [JsonPropertyName("architecture")]
    // Generated readers set an absent field to null, over any initial value.
    public string Architecture { get => field ?? ""; init; } = "";

    [JsonPropertyName("author")]
    public string? Author { get; init; }

    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    /// <summary>What a container made from the image runs by default.</summary>
    [JsonPropertyName("config")]
    public RunConfig? Config { get; init; }

    /// <summary>The container a commit was made from.</summary>
    [JsonPropertyName("container")]
    public string? Container { get; init; }

    [JsonPropertyName("container_config")]
    public RunConfig? ContainerConfig { get; init; }

    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; init; }

    [JsonPropertyName("docker_version")]
    public string? DockerVersion { get; init; }

    [JsonPropertyName("history")]
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    [JsonPropertyName("os")]
    public string Os { get => field ?? ""; init; } = "";

    [JsonPropertyName("os.features")]
    public IReadOnlyList<string>? OsFeatures { get; init; }

    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    [JsonPropertyName("rootfs")]
    public RootFs? RootFs { get; init; }

    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
