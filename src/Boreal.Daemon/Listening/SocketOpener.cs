using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Connections;
using Boreal.Linux.Sockets;

namespace Boreal.Daemon.Listening;

/// <summary>Opens everything that <c>-H</c> names, before the engine starts, so that a wrong address costs nothing.</summary>
internal static class SocketOpener
{
    private const int Backlog = 512;
    private const int LongestPath = 107;
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    public static IReadOnlyList<ListeningEndPoint> Open(DaemonOptions options)
    {
        var tls = options.Tls.Verify ? MutualTls.Load(options.Tls) : null;
        var opened = new List<ListeningEndPoint>();
        try
        {
            foreach (var host in options.Hosts)
                opened.AddRange(Open(host, options, tls));
            return opened;
        }
        catch
        {
            opened.ForEach(endPoint => endPoint.Socket.Dispose());
            throw;
        }
    }

    /// <summary>The address that <c>--metrics-addr</c> names; null when there is none.</summary>
    public static ListeningEndPoint? OpenMetrics(DaemonOptions options)
    {
        if (options.MetricsAddress.Length == 0)
            return null;
        var name = $"http://{options.MetricsAddress}/metrics";
        return new ListeningEndPoint(OpenTcp(name, options.MetricsAddress), name, null);
    }

    /// <summary>Takes away the socket files we made; systemd keeps its own.</summary>
    public static void Remove(DaemonOptions options)
    {
        foreach (var host in options.Hosts.Where(host => host.StartsWith("unix://", StringComparison.Ordinal)))
            File.Delete(host["unix://".Length..]);
    }

    private static IEnumerable<ListeningEndPoint> Open(string host, DaemonOptions options, SslServerAuthenticationOptions? tls)
    {
        var rest = host[(host.IndexOf("://", StringComparison.Ordinal) + 3)..];
        if (host.StartsWith("unix:", StringComparison.Ordinal))
            return [new ListeningEndPoint(OpenUnix(rest, options), host, null)];
        return host.StartsWith("fd:", StringComparison.Ordinal)
            ? ActivatedSockets.Take(rest).Select(socket => Activated(socket, tls))
            : [new ListeningEndPoint(OpenTcp(host, rest), host, tls)];
    }

    private static ListeningEndPoint Activated(Socket socket, SslServerAuthenticationOptions? tls)
    {
        if (socket.AddressFamily is AddressFamily.Unix)
            return new ListeningEndPoint(socket, $"fd://{socket.LocalEndPoint}", null);
        return tls is not null
            ? new ListeningEndPoint(socket, $"fd://{socket.LocalEndPoint}", tls)
            : throw new ConfigurationException($"the socket unit opens {socket.LocalEndPoint}: TCP needs --tlsverify with --tlscacert, --tlscert and --tlskey");
    }

    private static Socket OpenUnix(string path, DaemonOptions options)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(path) > LongestPath)
            throw new ConfigurationException($"the socket's path is longer than {LongestPath} bytes: {path}");
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        RemoveStale(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            Protect(path, options);
            socket.Listen(Backlog);
            return socket;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new ConfigurationException($"cannot listen on unix://{path}: {e.Message}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Nobody can connect yet: only the socket's owner may before the mode is set, and nothing listens.</summary>
    private static void Protect(string path, DaemonOptions options)
    {
        File.SetUnixFileMode(path, OwnerAndGroup);
        var group = SocketGroup.Find(options.Group);
        if (group is { } id)
            SocketGroup.Set(path, id);
        else if (options.GroupIsGiven)
            throw new ConfigurationException($"group {options.Group} not found: create it (groupadd {options.Group}) or name another with --group");
    }

    private static void RemoveStale(string path)
    {
        if (!Path.Exists(path))
            return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException e)
        {
            throw new ConfigurationException($"{path} is in the way: {e.Message}", e);
        }
        throw new ConfigurationException($"another process listens on {path}: stop it, or choose another socket with --host");
    }

    private static Socket OpenTcp(string host, string rest)
    {
        var colon = rest.LastIndexOf(':');
        var address = colon > 0 ? rest[..colon].Trim('[', ']') : "";
        if (colon < 0 || !int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            throw new ConfigurationException($"invalid address {host}: tcp://address:port is needed");
        try
        {
            var endPoint = new IPEndPoint(address switch { "" => IPAddress.Any, "localhost" => IPAddress.Loopback, _ => IPAddress.Parse(address) }, port);
            var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (Exception e) when (e is SocketException or FormatException or ArgumentException)
        {
            throw new ConfigurationException($"cannot listen on {host}: {e.Message}", e);
        }
    }
}
