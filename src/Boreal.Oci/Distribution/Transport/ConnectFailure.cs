using System.Net.Sockets;
using System.Security.Authentication;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Says why a host can't be talked to, in the words users of Docker search for.</summary>
internal static class ConnectFailure
{
    public static DistributionException Of(HttpRequestMessage message, Exception failure) =>
        new(DistributionErrorKind.Unavailable, $"{Verb(message.Method)} \"{message.RequestUri?.AbsoluteUri}\": {Reason(message, failure)}", failure);

    public static string Verb(HttpMethod method) => method.Method[..1] + method.Method[1..].ToLowerInvariant();

    private static string Reason(HttpRequestMessage message, Exception failure)
    {
        var host = message.RequestUri?.IdnHost ?? "";
        return failure switch
        {
            OperationCanceledException { InnerException: TimeoutException } => "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)",
            OperationCanceledException => "net/http: request canceled (Client.Timeout exceeded while awaiting headers)",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"dial tcp: lookup {host}{Resolver()}: no such host",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: SocketException socket } =>
                $"dial tcp {host}:{message.RequestUri?.Port}: connect: {Reason(socket)}",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: OperationCanceledException or TimeoutException } =>
                $"dial tcp {host}:{message.RequestUri?.Port}: i/o timeout",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } secure => Reason(secure),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } tunnel => $"proxyconnect tcp: {tunnel.Message}",
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "EOF",
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } invalid => $"malformed HTTP response: {invalid.Message}",
            HttpRequestException { InnerException: IOException { InnerException: SocketException socket } } => Reason(socket),
            _ => failure.InnerException?.Message ?? failure.Message,
        };
    }

    // Which server was asked is the first thing to know about a name that is not found.
    private static string Resolver()
    {
        try
        {
            var server = File.ReadLines("/etc/resolv.conf").Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(words => words is ["nameserver", _, ..]);
            return server is null ? "" : $" on {(server[1].Contains(':', StringComparison.Ordinal) ? $"[{server[1]}]" : server[1])}:53";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Reason(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset by peer",
        SocketError.TimedOut => "connection timed out",
        SocketError.HostUnreachable => "no route to host",
        SocketError.NetworkUnreachable => "network is unreachable",
        SocketError.Shutdown => "broken pipe",
        _ => failure.Message,
    };

    private static string Reason(HttpRequestException secure)
    {
        var detail = (secure.InnerException ?? secure).Message;
        // What the TLS layer says when the first bytes are no TLS record.
        if (detail.Contains("frame size", StringComparison.Ordinal) || detail.Contains("corrupted frame", StringComparison.Ordinal))
            return "http: server gave HTTP response to HTTPS client";
        if (secure.InnerException is not AuthenticationException)
            return secure.InnerException is IOException ? "EOF" : detail;
        return detail.StartsWith(CertificateFault.Prefix, StringComparison.Ordinal) ? $"tls: failed to verify certificate: {detail}" : $"tls: {detail}";
    }
}
