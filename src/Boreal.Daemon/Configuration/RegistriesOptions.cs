namespace Boreal.Daemon.Configuration;

/// <summary>How other people's registries are reached, and how much at a time.</summary>
internal sealed record RegistriesOptions
{
    /// <summary>Asked for Docker Hub's images before Docker Hub.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>Hosts and networks that need no valid certificate, nor TLS at all.</summary>
    public IReadOnlyList<string> Insecure { get; init; } = [];

    /// <summary>A folder per registry: <c>hosts.toml</c> or Docker's certificate files.</summary>
    public string ConfigDirectory { get; init; } = "/etc/boreal/certs.d";

    public int ConcurrentDownloads { get; init; } = 3;

    public int ConcurrentUploads { get; init; } = 5;
}
