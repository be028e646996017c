using System.Text.Json.Serialization;

namespace Boreal.Registry.Access.Tokens;

/// <summary>The token endpoint's answer. The token comes under both names: older clients read one, newer the other.</summary>
internal sealed record TokenAnswer
{
    [JsonPropertyName("token")]
    public required string Token { get; init; }

    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    [JsonPropertyName("expires_in")]
    public required long ExpiresIn { get; init; }

    [JsonPropertyName("issued_at")]
    public required string IssuedAt { get; init; }

    /// <summary>What was granted, in the scopes' grammar.</summary>
    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }
}
