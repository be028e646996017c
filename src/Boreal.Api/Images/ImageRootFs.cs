using System.Text.Json.Serialization;

namespace Boreal.Api.Images;

/// <summary>An image's layers by diff id, bottom first.</summary>
public sealed record ImageRootFs
{
    public string Type { get; init; } = "layers";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Layers { get; init; }
}
