using System.Buffers.Binary;
using System.Net;

namespace Boreal.Linux.Netlink;

/// <summary>The sockets of a network namespace, see sock_diag(7): whole tables in a few calls, whatever the number of connections.</summary>
public static class SocketTable
{
    private const ushort ByFamily = 20;
    private const int MessageLength = 72;
    private const int RequestLength = 56;
    private const byte IPv4 = 2;
    private const byte IPv6 = 10;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const ushort IPv6OnlyAttribute = 11;
    private const int ListeningState = 1 << 10;
    private const int AnyState = -1;

    /// <summary>TCP sockets that listen, or all UDP sockets.</summary>
    public static IReadOnlyList<ListeningSocket> Holders(NetlinkSocket diagnostics, bool isTcp)
    {
        var holders = new List<ListeningSocket>();
        Read(diagnostics, IPv4, isTcp, holders);
        Read(diagnostics, IPv6, isTcp, holders);
        return holders;
    }

    private static void Read(NetlinkSocket diagnostics, byte family, bool isTcp, List<ListeningSocket> holders)
    {
        // struct inet_diag_req_v2
        var request = new byte[RequestLength];
        request[0] = family;
        request[1] = isTcp ? Tcp : Udp;
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(4), isTcp ? ListeningState : AnyState);
        diagnostics.Dump(new NetlinkRequest().Begin(ByFamily, NetlinkFlags.Dump, "sockets").Fixed(request), (_, payload) =>
        {
            // struct inet_diag_msg; a socket of IPv6 says in an attribute whether it is of IPv6 only
            if (payload.Length < MessageLength || payload[0] != family) return;
            var only = NetlinkAttributes.Find(payload[MessageLength..], IPv6OnlyAttribute);
            holders.Add(new ListeningSocket(
                new IPAddress(payload.Slice(8, family == IPv4 ? 4 : 16)),
                BinaryPrimitives.ReadUInt16BigEndian(payload[4..]),
                family == IPv6 && (only.IsEmpty || only[0] == 0)));
        });
    }
}
