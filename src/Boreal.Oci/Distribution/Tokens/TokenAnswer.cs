using System.Text.Json.Serialization;

namespace Boreal.Oci.Distribution.Tokens;

/// <summary>What a token server gives; both names of the token are in use.</summary>
internal sealed record TokenAnswer
{
    [JsonPropertyName("token")]
    public string? Token { get; init; }

    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    [JsonPropertyName("expires_in")]
    public double? ExpiresIn { get; init; }
}
