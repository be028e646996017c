namespace Boreal.Oci.Distribution;

/// <summary>Who asks, with the fields of Docker's <c>X-Registry-Auth</c>. Never printed.</summary>
public sealed record RegistryCredentials
{
    public string Username { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>A refresh token for the registry's token server, from an earlier login.</summary>
    public string IdentityToken { get; init; } = "";

    /// <summary>A bearer token to send as it is.</summary>
    public string RegistryToken { get; init; } = "";

    public bool IsEmpty => (Username.Length == 0 && Password.Length == 0) && IdentityToken.Length == 0 && RegistryToken.Length == 0;

    public override string ToString() => IsEmpty ? "anonymous" : "credentials";
}
