using System.Net;
using System.Runtime.InteropServices;

namespace Boreal.Linux.Netlink;

/// <summary>rtnetlink(7) messages about IPv4 addresses and routes, appended to a request.</summary>
public static class AddressMessages
{
    internal const ushort NewAddress = 20;
    internal const ushort DeleteAddress = 21;
    internal const ushort GetAddress = 22;
    internal const ushort NewRoute = 24;
    internal const ushort GetRoute = 26;
    internal const ushort Interface = 1;
    internal const ushort Local = 2;
    internal const ushort RouteDestination = 1;
    internal const ushort RouteLink = 4;
    internal const byte Inet = 2;
    internal const byte MainTable = 254;
    private const ushort Broadcast = 4;
    private const ushort RouteGateway = 5;
    private const byte ByBoot = 3;
    private const byte Unicast = 1;

    /// <summary>Gives a link an IPv4 address, with the network's broadcast address.</summary>
    public static NetlinkRequest AddAddress(this NetlinkRequest request, int index, IPAddress address, int prefixLength)
    {
        Span<byte> local = stackalloc byte[4];
        if (!address.TryWriteBytes(local, out var count) || count != 4) throw new ArgumentException($"{address} is not an IPv4 address", nameof(address));
        Span<byte> last = [local[0], local[1], local[2], local[3]];
        for (var bit = prefixLength; bit < 32; bit++) last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        Span<byte> header = [Inet, (byte)prefixLength, 0, 0, 0, 0, 0, 0];
        MemoryMarshal.Write(header[4..], index);
        return request.Begin(NewAddress, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive, $"add address {address}/{prefixLength}")
            .Fixed(header).Attribute(Local, local).Attribute(Interface, local).Attribute(Broadcast, last);
    }

    public static NetlinkRequest RemoveAddress(this NetlinkRequest request, int index, IPAddress address, int prefixLength)
    {
        Span<byte> header = [Inet, (byte)prefixLength, 0, 0, 0, 0, 0, 0];
        MemoryMarshal.Write(header[4..], index);
        return request.Begin(DeleteAddress, NetlinkFlags.Acknowledge, $"remove address {address}/{prefixLength}")
            .Fixed(header).Attribute(Local, address.GetAddressBytes());
    }

    /// <summary>The route for everything without a route of its own.</summary>
    public static NetlinkRequest AddDefaultRoute(this NetlinkRequest request, IPAddress gateway) =>
        request.Begin(NewRoute, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive, $"add default route via {gateway}")
            .Fixed([Inet, 0, 0, 0, MainTable, ByBoot, 0, Unicast, 0, 0, 0, 0]).Attribute(RouteGateway, gateway.GetAddressBytes());
}
