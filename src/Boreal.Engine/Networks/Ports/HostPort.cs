using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks.Ports;

/// <summary>
/// A port of the host that is ours: one container's, or shared by those of a group. The socket holds it, null for one of
/// many which no socket is spent on; the proxy takes what arrives at the socket to the targets.
/// </summary>
internal sealed class HostPort(string protocol, IPAddress address, ushort number, Socket? socket) : IDisposable
{
    private readonly Lock _lock = new();
    private IDisposable? _proxy;

    public string Protocol => protocol;

    public IPAddress Address => address;

    public ushort Number => number;

    /// <summary>Connections may arrive at its own socket.</summary>
    public bool HasSocket => socket is not null;

    public PortTargets Targets { get; } = new();

    /// <summary>Whose containers share it; empty for one container's own.</summary>
    public string Group { get; set; } = "";

    /// <summary>Containers that publish by it; <see cref="SharedPorts"/> counts them.</summary>
    public int Holders { get; set; } = 1;

    /// <summary>Serves what the kernel does not translate, from now on.</summary>
    public void Serve(HostNetwork host, TimeProvider time)
    {
        lock (_lock)
        {
            if (socket is null || _proxy is not null) return;
            _proxy = socket.ProtocolType is ProtocolType.Tcp ? new TcpProxy(socket, host, Targets, time) : new UdpProxy(socket, host, Targets, time);
        }
    }

    /// <summary>Ends serving and every connection that the proxy has; the port stays held.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            _proxy?.Dispose();
            _proxy = null;
        }
    }

    public void Dispose()
    {
        Pause();
        socket?.Dispose();
    }
}
