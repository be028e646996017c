namespace Boreal.Oci.Distribution.Hosts;

/// <summary>Finds a registry's folder below the configuration directory.</summary>
internal sealed class RegistryFolder(string? directory)
{
    /// <summary>By <c>host:port</c>, by containerd's <c>host_port_</c>; the folder <c>_default</c> is for all that have none.</summary>
    public string? Find(string domain, bool orDefault)
    {
        if (directory is null || domain.Contains('/', StringComparison.Ordinal))
            return null;
        var colon = domain.LastIndexOf(':');
        var escaped = colon < 0 ? domain : $"{domain[..colon]}_{domain[(colon + 1)..]}_";
        var names = orDefault ? [domain, escaped, "_default"] : (string[])[domain, escaped];
        return names.Select(name => Path.Combine(directory, name)).FirstOrDefault(Directory.Exists);
    }

    /// <summary>The certificates of a host, from Docker's files.</summary>
    public TlsSettings TlsOf(string domain) => Find(domain, orDefault: false) is { } folder ? CertificateFolder.Read(folder) : TlsSettings.Default;
}
