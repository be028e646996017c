using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks.Endpoints;

/// <summary>What a living container holds on the host beside its links: its ports, where they lead, and their proxies.</summary>
internal sealed class Attachment : IDisposable
{
    private readonly List<IDisposable> _proxies = [];

    public List<BoundSocket> Sockets { get; } = [];

    public IReadOnlyList<BoundPort> Ports => [.. Sockets.Select(bound => bound.Port)];

    /// <summary>The endpoint the ports lead to; null where there is no way in.</summary>
    public EndpointStatus? Target { get; private set; }

    public IReadOnlyList<PortTranslation> Translations { get; private set; } = [];

    /// <summary>Leads the ports to an endpoint; the proxies must not run.</summary>
    public void Aim(EndpointStatus target, IEnumerable<BoundPort> ports)
    {
        Target = target;
        var address = IPAddress.Parse(target.Address.Length > 0 ? target.Address : target.Address6);
        Translations = [.. ports.Select(port => new PortTranslation(port, address, target.NetworkId))];
    }

    public void Abandon()
    {
        Target = null;
        Translations = [];
    }

    /// <summary>Serves what the kernel does not translate.</summary>
    public void StartProxies(HostNetwork host, TimeProvider time)
    {
        if (Target is null) return;
        var address = IPAddress.Parse(Target.Address.Length > 0 ? Target.Address : Target.Address6);
        foreach (var (port, socket) in Sockets)
        {
            var target = new IPEndPoint(address, port.ContainerPort.Port);
            _proxies.Add(socket.ProtocolType is ProtocolType.Tcp ? new TcpProxy(socket, host, target, time) : new UdpProxy(socket, host, target, time));
        }
    }

    public void StopProxies()
    {
        foreach (var proxy in _proxies) proxy.Dispose();
        _proxies.Clear();
    }

    public void Dispose()
    {
        StopProxies();
        foreach (var bound in Sockets) bound.Socket.Dispose();
    }
}
