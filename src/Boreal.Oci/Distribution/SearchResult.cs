using System.Text.Json.Serialization;

namespace Boreal.Oci.Distribution;

/// <summary>A repository found by name, with the fields of Docker Hub's search.</summary>
public sealed record SearchResult
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("description")]
    public string? Description { get; init; }

    [JsonPropertyName("star_count")]
    public int StarCount { get; init; }

    [JsonPropertyName("is_official")]
    public bool IsOfficial { get; init; }

    [JsonPropertyName("is_automated")]
    public bool IsAutomated { get; init; }
}
