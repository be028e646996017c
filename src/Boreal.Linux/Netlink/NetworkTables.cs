using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Boreal.Linux.Netlink;

/// <summary>Reads a namespace's links, addresses and routes.</summary>
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
                Number(NetlinkAttributes.Find(attributes, LinkMessages.Master)))
            {
                Kind = Encoding.UTF8.GetString(NetlinkAttributes.Find(NetlinkAttributes.Find(attributes, LinkMessages.LinkInfo), LinkMessages.InfoKind)).TrimEnd('\0'),
                Group = Number(NetlinkAttributes.Find(attributes, LinkMessages.Group)),
            });
        });
        return links;
    }

    /// <summary>Every IPv4 address of the socket's namespace.</summary>
    public static IReadOnlyList<AddressEntry> Addresses(NetlinkSocket socket) => Addresses(socket, AddressMessages.Inet);

    /// <summary>Every IPv6 address of the socket's namespace, link-local ones too.</summary>
    public static IReadOnlyList<AddressEntry> Addresses6(NetlinkSocket socket) => Addresses(socket, AddressMessages.Inet6);

    /// <summary>The main table's IPv4 routes; the default route has prefix length 0.</summary>
    public static IReadOnlyList<RouteEntry> Routes(NetlinkSocket socket) => Routes(socket, AddressMessages.Inet, IPAddress.Any);

    /// <summary>The main table's IPv6 routes.</summary>
    public static IReadOnlyList<RouteEntry> Routes6(NetlinkSocket socket) => Routes(socket, AddressMessages.Inet6, IPAddress.IPv6Any);

    private static List<AddressEntry> Addresses(NetlinkSocket socket, byte family)
    {
        var addresses = new List<AddressEntry>();
        var request = new NetlinkRequest().Begin(AddressMessages.GetAddress, NetlinkFlags.Dump, "addresses").Fixed([family, 0, 0, 0, 0, 0, 0, 0]);
        socket.Dump(request, (_, payload) =>
        {
            // An IPv6 address of a link that has no peer is told as the interface's only.
            var local = NetlinkAttributes.Find(payload[8..], AddressMessages.Local);
            if (local.IsEmpty) local = NetlinkAttributes.Find(payload[8..], AddressMessages.Interface);
            if (payload[0] == family && local.Length is 4 or 16) addresses.Add(new AddressEntry(MemoryMarshal.Read<int>(payload[4..]), new IPAddress(local), payload[1]));
        });
        return addresses;
    }

    private static List<RouteEntry> Routes(NetlinkSocket socket, byte family, IPAddress any)
    {
        var routes = new List<RouteEntry>();
        var request = new NetlinkRequest().Begin(AddressMessages.GetRoute, NetlinkFlags.Dump, "routes").Fixed([family, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        socket.Dump(request, (_, payload) =>
        {
            if (payload[0] != family || payload[4] != AddressMessages.MainTable) return;
            var destination = NetlinkAttributes.Find(payload[12..], AddressMessages.RouteDestination);
            routes.Add(new RouteEntry(
                destination.Length is 4 or 16 ? new IPAddress(destination) : any,
                payload[1],
                Number(NetlinkAttributes.Find(payload[12..], AddressMessages.RouteLink))));
        });
        return routes;
    }

    private static int Number(ReadOnlySpan<byte> value) => value.Length >= 4 ? MemoryMarshal.Read<int>(value) : 0;
}
