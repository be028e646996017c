using System.Text.Json.Serialization;

namespace Boreal.Api.Containers;

/// <summary>The part of the host configuration a list shows.</summary>
public sealed record SummaryHostConfig
{
    public string NetworkMode { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Annotations { get; set; }
}
