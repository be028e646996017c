using System.Text.Json.Serialization;

namespace Boreal.Registry.Access.Tokens;

/// <summary>What an identity token holds: it ends with its time, its user or the user's password.</summary>
internal sealed record RefreshClaims
{
    [JsonPropertyName("sub")]
    public required string User { get; init; }

    [JsonPropertyName("exp")]
    public required long ExpiresAt { get; init; }

    /// <summary>Of the stored password hash.</summary>
    [JsonPropertyName("pwd")]
    public required string PasswordMark { get; init; }
}
