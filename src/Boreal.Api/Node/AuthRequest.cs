using System.Text.Json.Serialization;

namespace Boreal.Api.Node;

/// <summary>The body of <c>POST /auth</c>.</summary>
public sealed record AuthRequest
{
    [JsonPropertyName("username")]
    public string UserName { get => field ?? ""; init; } = "";

    [JsonPropertyName("password")]
    public string Password { get => field ?? ""; init; } = "";

    [JsonPropertyName("serveraddress")]
    public string ServerAddress { get => field ?? ""; init; } = "";

    [JsonPropertyName("identitytoken")]
    public string IdentityToken { get => field ?? ""; init; } = "";

    /// <summary>Name and password in base64, as old clients send them.</summary>
    [JsonPropertyName("auth")]
    public string Auth { get => field ?? ""; init; } = "";

    [JsonPropertyName("registrytoken")]
    public string RegistryToken { get => field ?? ""; init; } = "";

    /// <summary>Without the secrets: logs and messages print records.</summary>
    public override string ToString() => $"{UserName}@{ServerAddress}";
}
