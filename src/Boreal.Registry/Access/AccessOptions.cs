namespace Boreal.Registry.Access;

/// <summary>Who may use the registry and how they prove it.</summary>
public sealed record AccessOptions
{
    /// <summary>The own user store. While neither it nor an htpasswd file is there, everybody may do everything.</summary>
    public required string UserFile { get; init; }

    public string? HtpasswdFile { get; init; }

    /// <summary>Where keys are kept, made when they are needed first.</summary>
    public required string KeyFolder { get; init; }

    public AuthenticationScheme Scheme { get; init; }

    /// <summary>Who signs tokens, as registries that trust ours name it.</summary>
    public string Issuer { get; init; } = "boreal-registry";

    /// <summary>Registries that tokens are issued for. The first is this one.</summary>
    public IReadOnlyList<string> Services { get; init; } = ["boreal-registry"];

    /// <summary>How clients reach the registry, where a proxy stands before it: <c>https://registry.example</c>.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>At least a minute, as clients expect.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long <c>docker login</c> lasts when it keeps a token in place of the password.</summary>
    public TimeSpan RefreshLifetime { get; init; } = TimeSpan.FromDays(90);
}
