using System.Text.Json.Serialization;

namespace Boreal.Build.Exchange;

/// <summary>A cache as clients name it in the attribute <c>cache-imports</c>.</summary>
internal sealed record CacheSourceEntry
{
    [JsonPropertyName("Type")]
    public string? Kind { get; init; }

    [JsonPropertyName("Attrs")]
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
