using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boreal.Oci.Images;

/// <summary>What an image runs on, in Go's names (<c>linux</c>, <c>amd64</c>).</summary>
public sealed record Platform
{
    [JsonPropertyName("architecture")]
    public required string Architecture { get; init; }

    [JsonPropertyName("os")]
    public required string Os { get; init; }

    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    [JsonPropertyName("os.features")]
    public IReadOnlyList<string>? OsFeatures { get; init; }

    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
