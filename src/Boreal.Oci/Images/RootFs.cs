using System.Text.Json.Serialization;
using Boreal.Oci.Content;

namespace Boreal.Oci.Images;

/// <summary>The image's layers, bottom first, by the digests of their uncompressed tars.</summary>
public sealed record RootFs
{
    [JsonPropertyName("type")]
    public string Type { get => field ?? "layers"; init; } = "layers";

    [JsonPropertyName("diff_ids")]
    public IReadOnlyList<Digest>? DiffIds { get; init; }
}
