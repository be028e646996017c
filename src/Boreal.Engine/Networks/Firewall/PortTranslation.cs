using System.Net;
using Boreal.Engine.Networks.Ports;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>A published port as the kernel translates it: one element of a map, whatever the number of ports.</summary>
internal sealed record PortTranslation(BoundPort Port, IPAddress Container, string NetworkId)
{
    private readonly IPAddress _host = IPAddress.Parse(Port.HostAddress);

    /// <summary>What the kernel does not translate, from one family to the other and from IPv6's loopback, the proxy serves.</summary>
    public bool IsTranslated => _host.AddressFamily == Container.AddressFamily && !_host.Equals(IPAddress.IPv6Loopback);

    public NftFamily Family => _host.GetAddressBytes().Length == 4 ? NftFamily.IPv4 : NftFamily.IPv6;

    public bool AnyAddress => _host.Equals(IPAddress.Any) || _host.Equals(IPAddress.IPv6Any);

    public NftElement Element => NftElement.Port(Protocol, AnyAddress ? null : _host, Port.HostPort, (Container, Port.ContainerPort.Port));

    /// <summary>The port at the container's own address.</summary>
    public NftElement Target => NftElement.Port(Protocol, Container, Port.ContainerPort.Port);

    private byte Protocol => Port.ContainerPort.Protocol switch
    {
        "udp" => NftElement.Udp,
        "sctp" => NftElement.Sctp,
        _ => NftElement.Tcp,
    };
}
