using System.Text.Json.Serialization;

namespace Boreal.Client.Streams;

/// <summary>How far something is.</summary>
public sealed record ProgressDetail
{
    [JsonPropertyName("current")]
    public long Current { get; init; }

    [JsonPropertyName("total")]
    public long Total { get; init; }
}
