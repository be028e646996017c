using System.Net;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>
/// Proxies by <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c> and <c>NO_PROXY</c> (or in small letters), with the rules administrators know from
/// other container tools: a domain covers its subdomains, networks may be given as CIDR, loopback is never proxied.
/// </summary>
public sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly List<Exclusion> _exclusions;

    private EnvironmentProxy(Uri? http, Uri? https, string exclusions)
    {
        _http = http;
        _https = https;
        _exclusions = [.. exclusions.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Exclusion.Parse)];
        Credentials = new UserInformation([http, https]);
    }

    public ICredentials? Credentials { get; set; }

    /// <summary>Null when the environment names no proxy.</summary>
    public static EnvironmentProxy? FromEnvironment() => Create(Variable("HTTP_PROXY"), Variable("HTTPS_PROXY"), Variable("NO_PROXY"));

    public static EnvironmentProxy? Create(string? http, string? https, string? exclusions)
    {
        var (httpProxy, httpsProxy) = (Parse(http), Parse(https));
        return httpProxy is null && httpsProxy is null ? null : new EnvironmentProxy(httpProxy, httpsProxy, exclusions ?? "");
    }

    public Uri? GetProxy(Uri destination) => IsExcluded(destination) ? null : destination.Scheme == Uri.UriSchemeHttps ? _https : _http;

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    private bool IsExcluded(Uri destination)
    {
        var host = destination.IdnHost;
        var address = IPAddress.TryParse(host, out var parsed) ? parsed : null;
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (address is not null && IPAddress.IsLoopback(address)))
            return true;
        return _exclusions.Any(exclusion => exclusion.Covers(host, address, destination.Port));
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : Environment.GetEnvironmentVariable(name.ToLowerInvariant());

    private static Uri? Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var proxy) ? proxy
        : throw new FormatException($"'{text}' is not the address of a proxy");

    private sealed record Exclusion(string Host, bool SubdomainsOnly, IPNetwork? Network, int? Port)
    {
        public static Exclusion Parse(string text)
        {
            if (IPNetwork.TryParse(text, out var network))
                return new Exclusion(text, false, network, null);
            var colon = text.LastIndexOf(':');
            int? port = null;
            if (colon > 0 && text.IndexOf(':') == colon && int.TryParse(text.AsSpan(colon + 1), out var number))
                (text, port) = (text[..colon], number);
            if (text.StartsWith("*.", StringComparison.Ordinal))
                text = text[1..];
            return new Exclusion(text.TrimStart('.'), text.StartsWith('.'), null, port);
        }

        public bool Covers(string host, IPAddress? address, int port)
        {
            if (Network is { } network)
                return address is not null && network.Contains(address);
            if (Host == "*")
                return true;
            if (Port is { } wanted && wanted != port)
                return false;
            if (host.Equals(Host, StringComparison.OrdinalIgnoreCase))
                return !SubdomainsOnly;
            return address is null && host.EndsWith("." + Host, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>A proxy's own user and password stand in its URL.</summary>
    private sealed class UserInformation(IReadOnlyList<Uri?> proxies) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType)
        {
            var proxy = proxies.FirstOrDefault(candidate => candidate is not null && candidate.Host == uri.Host && candidate.Port == uri.Port);
            if (proxy is not { UserInfo.Length: > 0 })
                return null;
            var parts = proxy.UserInfo.Split(':', 2);
            return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }
    }
}
