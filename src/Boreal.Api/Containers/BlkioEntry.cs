using System.Text.Json.Serialization;

namespace Boreal.Api.Containers;

/// <summary>One counter of one block device.</summary>
public sealed record BlkioEntry
{
    [JsonPropertyName("major")]
    public ulong Major { get; set; }

    [JsonPropertyName("minor")]
    public ulong Minor { get; set; }

    [JsonPropertyName("op")]
    public string Op { get; set; } = "";

    [JsonPropertyName("value")]
    public ulong Value { get; set; }
}
