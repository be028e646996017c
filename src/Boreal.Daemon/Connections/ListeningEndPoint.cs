using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Boreal.Daemon.Connections;

/// <summary>A socket that already listens; what Kestrel is asked to bind to.</summary>
internal sealed class ListeningEndPoint(Socket socket, string name, SslServerAuthenticationOptions? tls) : EndPoint
{
    public Socket Socket { get; } = socket;

    /// <summary>Mutual TLS, or null on a local socket.</summary>
    public SslServerAuthenticationOptions? Tls { get; } = tls;

    public override AddressFamily AddressFamily => Socket.AddressFamily;

    /// <summary>As given to <c>-H</c>.</summary>
    public override string ToString() => name;
}
