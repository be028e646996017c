using System.Net;
using System.Net.Sockets;

namespace Boreal.Oci.Distribution.Hosts;

/// <summary>
/// Registries that need no valid certificate and may speak plain http: those the administrator named, by name or by network, and
/// everything on loopback.
/// </summary>
internal sealed class InsecureRegistries
{
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _networks = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <exception cref="FormatException">An entry is neither a host nor a network.</exception>
    public InsecureRegistries(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            var text = entry.Replace("http://", "", StringComparison.OrdinalIgnoreCase).Replace("https://", "", StringComparison.OrdinalIgnoreCase);
            if (IPNetwork.TryParse(text, out var network))
                _networks.Add(network);
            else if (Uri.TryCreate($"https://{text}", UriKind.Absolute, out var host) && host is { PathAndQuery: "/", UserInfo: "" })
                _hosts.Add(text.TrimEnd('/'));
            else
                throw new FormatException($"insecure registry {entry} is not valid: neither host[:port] nor a network");
        }
    }

    public async ValueTask<bool> CoversAsync(string domain, CancellationToken cancellationToken)
    {
        if (_hosts.Contains(domain))
            return true;
        if (domain == RegistryHosts.DockerHub || !Uri.TryCreate($"https://{domain}", UriKind.Absolute, out var host))
            return false;
        foreach (var address in await AddressesAsync(host.IdnHost, cancellationToken))
        {
            if (_networks.Any(network => network.Contains(address)))
                return true;
        }
        return false;
    }

    private static async ValueTask<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return [IPAddress.Loopback];
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            // Connecting will say why there is no such host.
            return [];
        }
    }
}
