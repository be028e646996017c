using System.Text.Json.Serialization;

namespace Boreal.Api.Images;

/// <summary>An image that a build made.</summary>
public sealed record ProgressAux
{
    [JsonPropertyName("ID")]
    public string Id { get; init; } = "";
}
