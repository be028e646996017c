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
        var (four, six) = AddressesOf(target);
        Translations = [.. ports.Select(port => new PortTranslation(port, IsIPv6(port) ? six : four, target.NetworkId))];
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
        var (four, six) = AddressesOf(Target);
        foreach (var (port, socket) in Sockets)
        {
            if (socket is null) continue;
            var target = new IPEndPoint(IsIPv6(port) ? six : four, port.ContainerPort.Port);
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
        foreach (var bound in Sockets) bound.Socket?.Dispose();
    }

    private static bool IsIPv6(BoundPort port) => port.HostAddress.Contains(':', StringComparison.Ordinal);

    /// <summary>Where connections of either family go: to the container's address of the same family, if it has one.</summary>
    private static (IPAddress Four, IPAddress Six) AddressesOf(EndpointStatus target)
    {
        var four = target.Address.Length > 0 ? IPAddress.Parse(target.Address) : null;
        var six = target.Address6.Length > 0 ? IPAddress.Parse(target.Address6) : null;
        var any = four ?? six ?? throw new InvalidOperationException($"endpoint {target.EndpointId} has no address for its ports to lead to");
        return (four ?? any, six ?? any);
    }
}
