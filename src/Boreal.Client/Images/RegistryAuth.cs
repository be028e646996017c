using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boreal.Client.Images;

/// <summary>Who to be at a registry. The daemon gets it with each request and keeps nothing.</summary>
public sealed record RegistryAuth
{
    [JsonPropertyName("username")]
    public string UserName { get; init; } = "";

    [JsonPropertyName("password")]
    public string Password { get; init; } = "";

    /// <summary>Stands for user and password: the registry's token server exchanges it.</summary>
    [JsonPropertyName("identitytoken")]
    public string IdentityToken { get; init; } = "";

    /// <summary>A bearer token sent to the registry as it is.</summary>
    [JsonPropertyName("registrytoken")]
    public string RegistryToken { get; init; } = "";

    [JsonPropertyName("serveraddress")]
    public string ServerAddress { get; init; } = "";

    [JsonIgnore]
    public bool IsEmpty => UserName.Length is 0 && Password.Length is 0 && IdentityToken.Length is 0 && RegistryToken.Length is 0;

    /// <summary>Without the secrets: logs and messages print records.</summary>
    public override string ToString() => $"{UserName}@{ServerAddress}";

    /// <summary>The value of <c>X-Registry-Auth</c>: JSON in the URL-safe base64 alphabet, padded.</summary>
    internal string ToHeader() =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, RegistryAuthJsonContext.Default.RegistryAuth)).Replace('+', '-').Replace('/', '_');
}
