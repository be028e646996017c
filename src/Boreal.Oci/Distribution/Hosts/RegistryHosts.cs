namespace Boreal.Oci.Distribution.Hosts;

/// <summary>
/// Which addresses serve a registry, and by what rules they are talked to. The options are checked at once; the files of a registry
/// are read whenever it is asked for.
/// </summary>
/// <exception cref="FormatException">A mirror or an insecure registry is not written as one.</exception>
public sealed class RegistryHosts(RegistryHostsOptions options)
{
    public const string DockerHub = References.ImageReference.DefaultDomain;

    private const string DockerHubServer = "registry-1.docker.io";

    private readonly InsecureRegistries _insecure = new(options.InsecureRegistries);
    private readonly IReadOnlyList<Uri> _mirrors = [.. options.Mirrors.Select(MirrorAddress.Parse)];
    private readonly RegistryFolder _folders = new(options.ConfigDirectory);

    /// <summary>The registry meant by what people log in to: <c>https://index.docker.io/v1/</c>, <c>host:port</c>, <c>https://host/</c>.</summary>
    public static string DomainOf(string serverAddress)
    {
        var text = serverAddress;
        foreach (var scheme in (string[])["https://", "http://"])
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                text = text[scheme.Length..];
        }
        var slash = text.IndexOf('/');
        var host = slash < 0 ? text : text[..slash];
        return host is "" or "index.docker.io" or DockerHubServer ? DockerHub : host;
    }

    /// <summary>In the order to try them; the registry itself is last.</summary>
    /// <exception cref="DistributionException">The registry's own configuration can't be read.</exception>
    public async ValueTask<IReadOnlyList<RegistryEndpoint>> ResolveAsync(string domain, CancellationToken cancellationToken)
    {
        var host = domain == DockerHub ? DockerHubServer : domain;
        if (!Uri.TryCreate($"https://{host}/v2", UriKind.Absolute, out var root) || root.Authority.Length == 0 || root.UserInfo.Length > 0 || root.AbsolutePath != "/v2")
            throw new DistributionException(DistributionErrorKind.Invalid, $"'{domain}' is not a registry");
        var isInsecure = await _insecure.CoversAsync(domain, cancellationToken);
        var server = new RegistryEndpoint { Root = root, AllowsPlainHttp = isInsecure, Tls = new TlsSettings { SkipVerify = isInsecure } };
        if (_folders.Find(domain, orDefault: true) is { } folder)
        {
            var file = Path.Combine(folder, HostsFile.Name);
            if (File.Exists(file))
                return new HostsFile(file, domain, server).Read();
            server = server with { Tls = CertificateFolder.Read(folder) with { SkipVerify = isInsecure } };
        }
        return domain == DockerHub ? [.. await MirrorsAsync(cancellationToken), server] : [server];
    }

    private async ValueTask<IReadOnlyList<RegistryEndpoint>> MirrorsAsync(CancellationToken cancellationToken)
    {
        var mirrors = new List<RegistryEndpoint>();
        foreach (var address in _mirrors)
        {
            mirrors.Add(new RegistryEndpoint
            {
                Root = address,
                Capabilities = EndpointCapabilities.Pull | EndpointCapabilities.Resolve,
                AllowsPlainHttp = address.Scheme == Uri.UriSchemeHttp,
                Tls = _folders.TlsOf(address.Authority) with { SkipVerify = await _insecure.CoversAsync(address.Authority, cancellationToken) },
                IsMirror = true,
            });
        }
        return mirrors;
    }
}
