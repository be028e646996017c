using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Boreal.Registry.Access.Tokens;

/// <summary>What a token says, as registries read it.</summary>
internal sealed record TokenClaims
{
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    /// <summary>The user's name; empty for nobody in particular.</summary>
    [JsonPropertyName("sub")]
    [AllowNull]
    public string Subject { get => field ?? ""; init; }

    /// <summary>The registry it is for.</summary>
    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    /// <summary>Seconds since 1970, as the next two.</summary>
    [JsonPropertyName("exp")]
    public required long ExpiresAt { get; init; }

    [JsonPropertyName("nbf")]
    public required long NotBefore { get; init; }

    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    [JsonPropertyName("jti")]
    public required string Id { get; init; }

    [JsonPropertyName("access")]
    [AllowNull]
    public IReadOnlyList<TokenAccess> Access { get => field ?? []; init; }
}
