using System.Globalization;

namespace Boreal.Client.Addresses;

/// <summary>Where a daemon listens: a unix socket path, or a TCP host and port with an optional path prefix.</summary>
public sealed record DaemonAddress
{
    private const int PlainPort = 2375;
    private const int TlsPort = 2376;

    private DaemonAddress(string text) => Text = text;

    /// <summary>The address as the user wrote it, for messages.</summary>
    public string Text { get; }

    /// <summary>The socket's path; null for TCP.</summary>
    public string? SocketPath { get; private init; }

    /// <summary>The TCP host; empty for a unix socket.</summary>
    public string Host { get; private init; } = "";

    /// <summary>The TCP port; 0 for a unix socket.</summary>
    public int Port { get; private init; }

    /// <summary>A path in front of every API path, without a trailing slash.</summary>
    public string PathPrefix { get; private init; } = "";

    /// <summary>The address itself asks for TLS (<c>https://</c>).</summary>
    public bool ForcesTls { get; private init; }

    /// <summary>Reads <c>unix://</c>, <c>tcp://</c>, <c>http://</c>, <c>https://</c>, a bare path or <c>host:port</c>.</summary>
    /// <exception cref="FormatException">The text names no address this client can dial.</exception>
    public static DaemonAddress Parse(string text, bool tls = false)
    {
        var (scheme, rest) = Split(text.Trim());
        return scheme switch
        {
            "unix" when rest.Length > 0 => new DaemonAddress(text) { SocketPath = rest },
            "tcp" or "http" or "https" => ParseTcp(text, rest, scheme is "https", tls),
            _ => throw new FormatException($"unable to parse docker host `{text}`: use unix:///path/to.sock or tcp://host:port"),
        };
    }

    private static (string Scheme, string Remainder) Split(string text)
    {
        var mark = text.IndexOf("://", StringComparison.Ordinal);
        if (mark > 0) return (text[..mark].ToLowerInvariant(), text[(mark + 3)..]);
        return text.StartsWith('/') ? ("unix", text) : text.Length > 0 ? ("tcp", text) : ("", "");
    }

    private static DaemonAddress ParseTcp(string text, string rest, bool https, bool tls)
    {
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        var prefix = slash < 0 ? "" : rest[slash..].TrimEnd('/');
        var (host, port) = SplitPort(authority);
        if (host.Length is 0) host = "localhost";
        var number = https || tls ? TlsPort : PlainPort;
        if (port.Length > 0 && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is 0 or > 65535))
            throw new FormatException($"unable to parse docker host `{text}`: bad port {port}");
        return new DaemonAddress(text) { Host = host, Port = number, PathPrefix = prefix, ForcesTls = https };
    }

    private static (string Host, string Port) SplitPort(string authority)
    {
        if (authority.StartsWith('['))
        {
            var close = authority.IndexOf(']');
            if (close > 0) return (authority[1..close], authority[(close + 1)..].TrimStart(':'));
        }

        var colon = authority.LastIndexOf(':');
        return colon < 0 ? (authority, "") : (authority[..colon], authority[(colon + 1)..]);
    }
}
