using System.Text.Json.Serialization;

namespace Boreal.Client.Streams;

/// <summary>One message of a progress stream (load, import, ...).</summary>
public sealed record ProgressMessage
{
    [JsonPropertyName("stream")]
    public string? Stream { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>What the status is about, such as a layer.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The progress as text, for terminals.</summary>
    [JsonPropertyName("progress")]
    public string? Progress { get; init; }

    [JsonPropertyName("progressDetail")]
    public ProgressDetail? Detail { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }
}
