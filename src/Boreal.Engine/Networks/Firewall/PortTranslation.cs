using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks.Ports;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>A published port as the kernel translates it: one element of a map, whatever the number of ports.</summary>
internal sealed record PortTranslation(BoundPort Port, IPAddress Container)
{
    private readonly IPAddress _host = IPAddress.Parse(Port.HostAddress);

    /// <summary>IPv6 connections are served by the proxy: the container has no IPv6 address to send them to.</summary>
    public bool IsTranslated => _host.AddressFamily is AddressFamily.InterNetwork;

    public bool AnyAddress => _host.Equals(IPAddress.Any);

    public NftElement Element => NftElement.Port(
        Port.ContainerPort.Protocol == "udp" ? NftElement.Udp : NftElement.Tcp,
        AnyAddress ? null : _host,
        Port.HostPort,
        (Container, Port.ContainerPort.Port));
}
