using System.Text.Json.Serialization;

namespace Boreal.Api.Images;

/// <summary>Content by digest, as the image spec's descriptors.</summary>
public sealed record ContentDescriptor
{
    [JsonPropertyName("mediaType")]
    public string MediaType { get; init; } = "";

    [JsonPropertyName("digest")]
    public string Digest { get; init; } = "";

    [JsonPropertyName("size")]
    public long Size { get; init; }
}
