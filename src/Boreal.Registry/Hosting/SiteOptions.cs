using Boreal.Registry.Access;
using Boreal.Registry.Proxying;

namespace Boreal.Registry.Hosting;

/// <summary>A registry as it is served: what it keeps, for whom, and of whom it is a cache.</summary>
public sealed record SiteOptions
{
    public required RegistryOptions Registry { get; init; }

    public required AccessOptions Access { get; init; }

    /// <summary>Null for a registry of its own.</summary>
    public ProxyOptions? Proxy { get; init; }

    /// <summary>Metrics are had at an address of their own, and not beside the registry.</summary>
    public bool MetricsElsewhere { get; init; }
}
