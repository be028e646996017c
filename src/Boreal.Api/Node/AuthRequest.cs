using System.Text.Json.Serialization;

namespace Boreal.Api.Node;

/// <summary>The body of <c>POST /auth</c>.</summary>
public sealed record AuthRequest
{
    [JsonPropertyName("username")]
    public string UserName { get; init; } = "";

    [JsonPropertyName("password")]
    public string Password { get; init; } = "";

    [JsonPropertyName("serveraddress")]
    public string ServerAddress { get; init; } = "";

    [JsonPropertyName("identitytoken")]
    public string IdentityToken { get; init; } = "";
}
