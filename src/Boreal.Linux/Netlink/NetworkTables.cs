using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Boreal.Linux.Netlink;

/// <summary>Reads a namespace's links, IPv4 addresses and IPv4 routes.</summary>
public static class NetworkTables
{
    /// <summary>Every link of the socket's namespace.</summary>
    public static IReadOnlyList<LinkEntry> Links(NetlinkSocket socket)
    {
        var links = new List<LinkEntry>();
        var request = new NetlinkRequest().Begin(LinkMessages.GetLink, NetlinkFlags.Dump, "links").Header(0, 0);
        socket.Dump(request, (_, payload) =>
        {
            var attributes = payload[16..];
            links.Add(new LinkEntry(
                MemoryMarshal.Read<int>(payload[4..]),
                Encoding.UTF8.GetString(NetlinkAttributes.Find(attributes, LinkMessages.Name)).TrimEnd('\0'),
                Number(NetlinkAttributes.Find(attributes, LinkMessages.Mtu)),
                Number(NetlinkAttributes.Find(attributes, LinkMessages.Master))));
        });
        return links;
    }

    /// <summary>Every IPv4 address of the socket's namespace.</summary>
    public static IReadOnlyList<AddressEntry> Addresses(NetlinkSocket socket)
    {
        var addresses = new List<AddressEntry>();
        var request = new NetlinkRequest().Begin(AddressMessages.GetAddress, NetlinkFlags.Dump, "addresses").Fixed([AddressMessages.Inet, 0, 0, 0, 0, 0, 0, 0]);
        socket.Dump(request, (_, payload) =>
        {
            var local = NetlinkAttributes.Find(payload[8..], AddressMessages.Local);
            if (local.Length == 4) addresses.Add(new AddressEntry(MemoryMarshal.Read<int>(payload[4..]), new IPAddress(local), payload[1]));
        });
        return addresses;
    }

    /// <summary>The main table's IPv4 routes; the default route has prefix length 0.</summary>
    public static IReadOnlyList<RouteEntry> Routes(NetlinkSocket socket)
    {
        var routes = new List<RouteEntry>();
        var request = new NetlinkRequest().Begin(AddressMessages.GetRoute, NetlinkFlags.Dump, "routes").Fixed([AddressMessages.Inet, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        socket.Dump(request, (_, payload) =>
        {
            if (payload[4] != AddressMessages.MainTable) return;
            var destination = NetlinkAttributes.Find(payload[12..], AddressMessages.RouteDestination);
            routes.Add(new RouteEntry(
                destination.Length == 4 ? new IPAddress(destination) : IPAddress.Any,
                payload[1],
                Number(NetlinkAttributes.Find(payload[12..], AddressMessages.RouteLink))));
        });
        return routes;
    }

    private static int Number(ReadOnlySpan<byte> value) => value.Length >= 4 ? MemoryMarshal.Read<int>(value) : 0;
}
