using Boreal.Registry.Access;

namespace Boreal.Daemon.Configuration;

/// <summary>The registry that the daemon serves, alone or beside the engine.</summary>
internal sealed record RegistryHostOptions
{
    /// <summary><c>host:port</c>; none means no registry.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Empty: <c>registry</c> in the data root.</summary>
    public string Root { get; init; } = "";

    /// <summary>Set with <see cref="Key"/>: https.</summary>
    public string Certificate { get; init; } = "";

    public string Key { get; init; } = "";

    public string MetricsAddress { get; init; } = "";

    public string Htpasswd { get; init; } = "";

    /// <summary>Empty: in the root.</summary>
    public string Users { get; init; } = "";

    public AuthenticationScheme Scheme { get; init; }

    public Uri? PublicUrl { get; init; }

    public string TokenIssuer { get; init; } = "boreal-registry";

    public IReadOnlyList<string> TokenServices { get; init; } = ["boreal-registry"];

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The registry this one is a cache of; empty for none.</summary>
    public string Upstream { get; init; } = "";

    /// <summary>File with <c>user:password</c> for the upstream.</summary>
    public string UpstreamCredentials { get; init; } = "";

    public TimeSpan UpstreamTagAge { get; init; } = TimeSpan.FromMinutes(1);

    public bool AllowDelete { get; init; } = true;

    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromHours(6);

    public TimeSpan CollectionGrace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Null: only when asked.</summary>
    public TimeSpan? CollectionInterval { get; init; } = TimeSpan.FromHours(24);
}
