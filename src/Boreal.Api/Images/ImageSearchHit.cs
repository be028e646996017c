using System.Text.Json.Serialization;

namespace Boreal.Api.Images;

/// <summary>One repository found by <c>GET /images/search</c>.</summary>
public sealed record ImageSearchHit
{
    [JsonPropertyName("star_count")]
    public int StarCount { get; init; }

    [JsonPropertyName("is_official")]
    public bool IsOfficial { get; init; }

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("is_automated")]
    public bool IsAutomated { get; init; }

    [JsonPropertyName("description")]
    public string Description { get; init; } = "";
}
