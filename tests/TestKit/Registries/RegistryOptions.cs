namespace Boreal.Tests.TestKit.Registries;

/// <summary>Who may use a registry of the tests, and how it is reached.</summary>
public sealed record RegistryOptions
{
    /// <summary>The one account of a registry with <see cref="HasAccount"/>.</summary>
    public const string User = "ann";

    public const string Password = "secret";

    /// <summary>The account as a line of htpasswd (bcrypt).</summary>
    public const string PasswordFileLine = "ann:$2b$05$Muk5x1.T4ZvIB..HtS6ER.OOQl9nnhsZE3DaN65S/afPkR72/lt.W";

    /// <summary>The address to listen on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>True: only <see cref="User"/> may do anything.</summary>
    public bool HasAccount { get; init; }

    /// <summary>TLS with a certificate of this authority; null for plain HTTP.</summary>
    public CertificateAuthority? Authority { get; init; }

    /// <summary>Where clients get tokens; null where tokens are not used.</summary>
    public TokenService? Tokens { get; init; }
}
