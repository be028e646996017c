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

    /// <summary>The place on the host, without who is behind it.</summary>
    public Front Front => new(Family, AnyAddress ? null : _host, Protocol, Port.HostPort);

    /// <summary>The port at the container's own address.</summary>
    public NftElement Target => NftElement.Port(Protocol, Container, Port.ContainerPort.Port);

    /// <summary>Its number is the same on the host and in the container.</summary>
    public bool KeepsPort => Port.HostPort == Port.ContainerPort.Port;

    /// <summary>Those from this one to <paramref name="last"/>, which keep their ports, in one element.</summary>
    public NftElement ElementUpTo(PortTranslation last) =>
        NftElement.Ports(Protocol, AnyAddress ? null : _host, (Port.HostPort, last.Port.HostPort), Container);

    /// <summary>The next port of the host leads to the next port of the same container.</summary>
    public bool IsFollowedBy(PortTranslation next) =>
        next.Port.HostPort == Port.HostPort + 1 && next.Port.ContainerPort.Port == Port.ContainerPort.Port + 1
        && next.Protocol == Protocol && next._host.Equals(_host) && next.Container.Equals(Container) && next.NetworkId == NetworkId;

    private byte Protocol => Port.ContainerPort.Protocol switch
    {
        "udp" => NftElement.Udp,
        "sctp" => NftElement.Sctp,
        _ => NftElement.Tcp,
    };
}
