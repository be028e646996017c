using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks;

/// <summary>What a living container holds on the host: its address, its ports and their proxies.</summary>
internal sealed class Attachment(IPAddress address) : IDisposable
{
    private readonly List<IDisposable> _proxies = [];

    public IPAddress Address { get; } = address;

    public List<BoundSocket> Sockets { get; } = [];

    public List<PortTranslation> Translations { get; } = [];

    /// <summary>Serves what the kernel does not translate.</summary>
    public void StartProxies(HostNetwork host, TimeProvider time)
    {
        foreach (var (port, socket) in Sockets)
        {
            var target = new IPEndPoint(Address, port.ContainerPort.Port);
            _proxies.Add(socket.ProtocolType is ProtocolType.Tcp ? new TcpProxy(socket, host, target, time) : new UdpProxy(socket, host, target, time));
        }
    }

    public void Dispose()
    {
        foreach (var proxy in _proxies) proxy.Dispose();
        foreach (var bound in Sockets) bound.Socket.Dispose();
    }
}
