using System.Net;
using System.Runtime.InteropServices;

namespace Boreal.Linux.Netlink;

/// <summary>rtnetlink(7) messages about addresses and routes of both families, appended to a request.</summary>
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
    internal const byte Inet6 = 10;
    internal const byte MainTable = 254;
    private const ushort Broadcast = 4;
    private const ushort RouteGateway = 5;
    private const ushort DeleteRoute = 25;
    private const byte ByBoot = 3;
    private const byte Unicast = 1;
    private const byte Universe = 0;
    private const byte LinkScope = 253;
    private const byte Nowhere = 255;
    private const byte NoDuplicateDetection = 2;
    private const NetlinkFlags Make = NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive;

    /// <summary>Gives a link an address: IPv4 with the network's broadcast address, IPv6 without the wait for duplicates of it.</summary>
    public static NetlinkRequest AddAddress(this NetlinkRequest request, int index, IPAddress address, int prefixLength)
    {
        var local = address.GetAddressBytes();
        var isIPv4 = local.Length == 4;
        request.Begin(NewAddress, Make, $"add address {address}/{prefixLength}")
            .AddressHeader(local.Length, prefixLength, isIPv4 ? (byte)0 : NoDuplicateDetection, index)
            .Attribute(Local, local).Attribute(Interface, local);
        return isIPv4 ? request.Attribute(Broadcast, LastOf(local, prefixLength)) : request;
    }

    public static NetlinkRequest RemoveAddress(this NetlinkRequest request, int index, IPAddress address, int prefixLength)
    {
        var local = address.GetAddressBytes();
        return request.Begin(DeleteAddress, NetlinkFlags.Acknowledge, $"remove address {address}/{prefixLength}")
            .AddressHeader(local.Length, prefixLength, 0, index).Attribute(Local, local);
    }

    /// <summary>The route for everything without a route of its own.</summary>
    public static NetlinkRequest AddDefaultRoute(this NetlinkRequest request, IPAddress gateway) =>
        request.Begin(NewRoute, Make, $"add default route via {gateway}")
            .RouteHeader(gateway.GetAddressBytes().Length).Attribute(RouteGateway, gateway.GetAddressBytes());

    /// <summary>The default route of a link that has no gateway.</summary>
    public static NetlinkRequest AddDefaultRoute(this NetlinkRequest request, int index, bool isIPv6) =>
        request.Begin(NewRoute, Make, $"add default route by link {index}")
            .RouteHeader(isIPv6 ? 16 : 4, isIPv6 ? Universe : LinkScope).Attribute(RouteLink, index);

    /// <summary>Takes one default route of the family away.</summary>
    public static NetlinkRequest RemoveDefaultRoute(this NetlinkRequest request, bool isIPv6) =>
        request.Begin(DeleteRoute, NetlinkFlags.Acknowledge, "remove default route").RouteHeader(isIPv6 ? 16 : 4, isIPv6 ? Universe : Nowhere);

    private static byte[] LastOf(byte[] address, int prefixLength)
    {
        byte[] last = [.. address];
        for (var bit = prefixLength; bit < 32; bit++) last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return last;
    }

    /// <summary>struct ifaddrmsg: family, prefix length, flags, scope, index.</summary>
    private static NetlinkRequest AddressHeader(this NetlinkRequest request, int addressLength, int prefixLength, byte flags, int index)
    {
        Span<byte> header = [FamilyOf(addressLength), (byte)prefixLength, flags, 0, 0, 0, 0, 0];
        MemoryMarshal.Write(header[4..], index);
        return request.Fixed(header);
    }

    /// <summary>struct rtmsg: family, destination and source length, type of service, table, protocol, scope, type, flags.</summary>
    private static NetlinkRequest RouteHeader(this NetlinkRequest request, int addressLength, byte scope = Universe) =>
        request.Fixed([FamilyOf(addressLength), 0, 0, 0, MainTable, ByBoot, scope, Unicast, 0, 0, 0, 0]);

    private static byte FamilyOf(int addressLength) => addressLength == 4 ? Inet : Inet6;
}
