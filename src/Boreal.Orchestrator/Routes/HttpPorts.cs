namespace Boreal.Orchestrator.Routes;

/// <summary>Which ports are looked into, request by request.</summary>
public static class HttpPorts
{
    /// <summary>Whether a port is HTTP for a balancer. One of <c>https</c> without a certificate of ours is not: TLS is then between client and task.</summary>
    public static bool IsHttp(string protocol, string appProtocol, HttpSettings settings) =>
        protocol is "tcp" && (appProtocol is "http" or "http2" or "h2c" or "grpc" or "ws" || (appProtocol is "https" or "wss" && settings.HasTls));
}
