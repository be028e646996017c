using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;

namespace Boreal.Registry.Proxying;

/// <summary>What a registry that is a cache is a cache of.</summary>
public sealed record ProxyOptions
{
    /// <summary>The registry's name as in image references: <c>docker.io</c>, <c>registry.example:5000</c>.</summary>
    public required string Upstream { get; init; }

    /// <summary>How it is reached: mirrors, certificates, plain http.</summary>
    public RegistryHostsOptions Hosts { get; init; } = new();

    /// <summary>Whom the upstream knows us as, whoever asks us.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>How long a tag is taken as the upstream had it.</summary>
    public TimeSpan TagAge { get; init; } = TimeSpan.FromMinutes(1);
}
