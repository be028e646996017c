using System.Net;

namespace Boreal.Oci.Distribution.Hosts;

/// <summary>Which addresses serve a registry, and by what rules they are talked to.</summary>
public sealed class RegistryHosts(RegistryHostsOptions options)
{
    public const string DockerHub = References.ImageReference.DefaultDomain;

    private const string DockerHubServer = "registry-1.docker.io";

    private readonly InsecureRegistries _insecure = new(options.InsecureRegistries);

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
        var isInsecure = await _insecure.CoversAsync(domain, cancellationToken);
        var server = new RegistryEndpoint
        {
            Root = new Uri($"https://{(domain == DockerHub ? DockerHubServer : domain)}/v2"),
            AllowsPlainHttp = isInsecure,
            Tls = new TlsSettings { SkipVerify = isInsecure },
        };
        return [server];
    }
}
