using Boreal.Registry.Access;

namespace Boreal.Registry.Hosting;

/// <summary>A registry as it is served: what it keeps, and for whom.</summary>
public sealed record SiteOptions
{
    public required RegistryOptions Registry { get; init; }

    public required AccessOptions Access { get; init; }

    /// <summary>Metrics are had at an address of their own, and not beside the registry.</summary>
    public bool MetricsElsewhere { get; init; }
}
