using System.Text.Json.Serialization;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>The body of a refusal.</summary>
internal sealed record ErrorList
{
    [JsonPropertyName("errors")]
    public IReadOnlyList<ErrorEntry>? Errors { get; init; }

    /// <summary>What token servers say instead.</summary>
    [JsonPropertyName("details")]
    public string? Details { get; init; }
}
