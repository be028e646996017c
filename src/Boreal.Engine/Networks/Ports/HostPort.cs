using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks.Ports;

/// <summary>
/// A port of the host that is ours: one container's, or shared by those of a group. The socket holds it, null for one of
/// many which no socket is spent on and for one that somebody else serves; the proxy takes what arrives at the socket to
/// the targets.
/// </summary>
internal sealed class HostPort(string protocol, IPAddress address, ushort number, Socket? socket) : IDisposable
{
    private readonly Lock _lock = new();
    private Socket? _socket = socket;
    private IDisposable? _proxy;

    public string Protocol => protocol;

    public IPAddress Address => address;

    public ushort Number => number;

    /// <summary>Whose containers share it; empty for one container's own.</summary>
    public string Group { get; set; } = "";

    /// <summary>Somebody else serves it: nothing of ours leads from it.</summary>
    public bool IsHosted { get; private set; }

    /// <summary>Who has it, containers and services; <see cref="SharedPorts"/> counts them.</summary>
    public int Holders { get; set; } = 1;

    /// <summary>Connections may arrive at its own socket.</summary>
    public bool HasSocket => _socket is not null;

    public PortTargets Targets { get; } = new();

    /// <summary>Serves what the kernel does not translate, from now on.</summary>
    public void Serve(HostNetwork host, TimeProvider time)
    {
        lock (_lock)
        {
            if (_socket is null || _proxy is not null) return;
            _proxy = _socket.ProtocolType is ProtocolType.Tcp ? new TcpProxy(_socket, host, Targets, time) : new UdpProxy(_socket, host, Targets, time);
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

    /// <summary>Leaves the serving to somebody else, whose socket can be bound on return.</summary>
    public void LeaveToHost()
    {
        Dispose();
        IsHosted = true;
    }

    /// <summary>Takes the serving back, with a socket where one could be bound.</summary>
    public void TakeFromHost(Socket? bound)
    {
        lock (_lock) _socket = bound;
        IsHosted = false;
    }

    public void Dispose()
    {
        Pause();
        lock (_lock)
        {
            _socket?.Dispose();
            _socket = null;
        }
    }
}
