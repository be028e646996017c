namespace Boreal.Oci.Distribution.Hosts;

/// <summary>What the administrator says about registries.</summary>
public sealed record RegistryHostsOptions
{
    /// <summary>URLs tried for Docker Hub's images before Docker Hub, as dockerd's <c>--registry-mirror</c>.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>Hosts (<c>host[:port]</c>) and networks (CIDR) that need no valid certificate and may speak plain http.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>A folder per registry with <c>hosts.toml</c> or Docker's certificate files; null for none.</summary>
    public string? ConfigDirectory { get; init; }
}
