using System.Text.Json.Serialization;

namespace Boreal.Api.Containers;

/// <summary>Options of an image mount.</summary>
public sealed record ImageOptions
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subpath { get; set; }
}
