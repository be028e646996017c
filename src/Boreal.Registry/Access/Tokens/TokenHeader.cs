using System.Text.Json.Serialization;

namespace Boreal.Registry.Access.Tokens;

internal sealed record TokenHeader
{
    [JsonPropertyName("typ")]
    public string Type { get; init; } = "JWT";

    [JsonPropertyName("alg")]
    public required string Algorithm { get; init; }

    [JsonPropertyName("kid")]
    public required string KeyId { get; init; }
}
