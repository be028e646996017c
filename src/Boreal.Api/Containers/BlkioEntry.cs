using System.Text.Json.Serialization;

namespace Boreal.Api.Containers;

/// <summary>One counter of one block device.</summary>
public sealed record BlkioEntry
{
    [JsonPropertyName("major")]
    public ulong Major { get; init; }

    [JsonPropertyName("minor")]
    public ulong Minor { get; init; }

    [JsonPropertyName("op")]
    public string Op { get; init; } = "";

    [JsonPropertyName("value")]
    public ulong Value { get; init; }
}
