using System.Net;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Ports;

/// <summary>
/// The programs' ports at one moment. For thousands of published ports it stands in for binding each: a socket and its
/// descriptor per port would cost more than the ports are worth.
/// </summary>
internal sealed class PortHolders
{
    private readonly ILookup<ushort, ListeningSocket> _tcp;
    private readonly ILookup<ushort, ListeningSocket> _udp;

    private PortHolders(NetlinkSocket diagnostics)
    {
        _tcp = SocketTable.Holders(diagnostics, isTcp: true).ToLookup(holder => holder.Port);
        _udp = SocketTable.Holders(diagnostics, isTcp: false).ToLookup(holder => holder.Port);
    }

    public static PortHolders Read(HostNetwork host)
    {
        using var diagnostics = host.Run(() => NetlinkSocket.Open(NetlinkFamily.Sockets));
        return new PortHolders(diagnostics);
    }

    public bool IsHeld(string protocol, IPAddress address, ushort port) =>
        (protocol == "tcp" ? _tcp : _udp)[port].Any(holder =>
            PortClaims.Conflict(holder.Address, address) || (holder.IsIPv4Too && holder.Address.Equals(IPAddress.IPv6Any) && address.AddressFamily != holder.Address.AddressFamily));
}
