using System.Text.Json.Serialization;

namespace Boreal.Api.Images;

/// <summary>Why a stream ended early; the answer's status was sent before.</summary>
public sealed record ProgressError
{
    [JsonPropertyName("code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Code { get; init; }

    [JsonPropertyName("message")]
    public string Message { get; init; } = "";
}
