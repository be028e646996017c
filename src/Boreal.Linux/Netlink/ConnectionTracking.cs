using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Boreal.Linux.Netlink;

/// <summary>The kernel's table of connections (conntrack).</summary>
public static class ConnectionTracking
{
    private const int Subsystem = 1 << 8;
    private const ushort Get = Subsystem | 1;
    private const ushort Delete = Subsystem | 2;
    private const ushort OriginalTuple = 1;
    private const ushort ReplyTuple = 2;
    private const ushort TupleAddresses = 1;
    private const ushort TupleProtocol = 2;
    private const ushort ProtocolNumber = 1;
    private const ushort DestinationPort = 3;
    private const ushort ProtocolDetails = 4;
    private const ushort TcpDetails = 1;
    private const ushort TcpState = 1;
    private const ushort Id = 12;
    private const ushort Nested = 0x8000;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte IPv4 = 2;
    private const byte IPv6 = 10;

    /// <summary>Deletes the connections one end of which is, before or after translation, one of the addresses.</summary>
    public static void Forget(NetlinkSocket netfilter, IReadOnlyCollection<IPAddress> addresses)
    {
        foreach (var family in addresses.GroupBy(address => address.AddressFamily is AddressFamily.InterNetwork ? IPv4 : IPv6))
        {
            var wanted = family.Select(address => ToNumber(address.GetAddressBytes())).ToHashSet();
            Forget(netfilter, family.Key, (original, reply) => wanted.Contains(Source(original, family.Key)) || wanted.Contains(Source(reply, family.Key)));
        }
    }

    /// <summary>
    /// Deletes what was sent to UDP ports and not translated: as long as the sender goes on, the kernel would go on with
    /// it as it began.
    /// </summary>
    public static void ForgetDatagrams(NetlinkSocket netfilter, bool isIPv6, IReadOnlySet<ushort> ports)
    {
        var family = isIPv6 ? IPv6 : IPv4;
        Forget(netfilter, family, (original, reply) =>
            IsUdpTo(original, ports)
            && Source(original, family) == Destination(reply, family)
            && Destination(original, family) == Source(reply, family));
    }

    /// <summary>
    /// Deletes the flows of datagrams that were translated and lead to one of the addresses: as long as the sender goes
    /// on, the kernel would go on with it as it began.
    /// </summary>
    public static void ForgetDatagrams(NetlinkSocket netfilter, bool isIPv6, IReadOnlySet<IPAddress> targets)
    {
        var family = isIPv6 ? IPv6 : IPv4;
        var wanted = targets.Select(address => ToNumber(address.GetAddressBytes())).ToHashSet();
        Forget(netfilter, family, (original, reply) =>
            ProtocolOf(original) is Udp && Source(reply, family) is var target && wanted.Contains(target) && Destination(original, family) != target);
    }

    /// <summary>How many TCP connections that were translated to each of the addresses are neither closed nor about to be.</summary>
    public static IReadOnlyDictionary<IPAddress, int> CountOpen(NetlinkSocket netfilter, bool isIPv6, IReadOnlyCollection<IPAddress> targets)
    {
        var family = isIPv6 ? IPv6 : IPv4;
        var numbers = targets.ToDictionary(address => ToNumber(address.GetAddressBytes()));
        var counts = targets.ToDictionary(address => address, _ => 0);
        netfilter.Dump(new NetlinkRequest().Begin(Get, NetlinkFlags.Dump, "connections").Fixed([family, 0, 0, 0]), (_, payload) =>
        {
            var attributes = payload[4..];
            var target = Source(NetlinkAttributes.Find(attributes, ReplyTuple), family);
            if (!numbers.TryGetValue(target, out var address)) return;
            var original = NetlinkAttributes.Find(attributes, OriginalTuple);
            if (ProtocolOf(original) is Tcp && Destination(original, family) != target && IsOpen(NetlinkAttributes.Find(attributes, ProtocolDetails))) counts[address]++;
        });
        return counts;
    }

    private delegate bool TupleFilter(ReadOnlySpan<byte> original, ReadOnlySpan<byte> reply);

    private static void Forget(NetlinkSocket netfilter, byte family, TupleFilter isMeant)
    {
        var deletion = new NetlinkRequest();
        netfilter.Dump(new NetlinkRequest().Begin(Get, NetlinkFlags.Dump, "connections").Fixed([family, 0, 0, 0]), (_, payload) =>
        {
            var attributes = payload[4..];
            var original = NetlinkAttributes.Find(attributes, OriginalTuple);
            if (!isMeant(original, NetlinkAttributes.Find(attributes, ReplyTuple))) return;
            deletion.Begin(Delete, NetlinkFlags.None, "delete connection").Fixed([family, 0, 0, 0])
                .Attribute(OriginalTuple | Nested, original)
                .Attribute(Id, NetlinkAttributes.Find(attributes, Id));
        });
        // One that ended meanwhile is as good as deleted; without the acknowledgement only failures are answered.
        if (deletion.Count > 0) netfilter.TryExecute(deletion);
    }

    private static byte ProtocolOf(ReadOnlySpan<byte> tuple) =>
        NetlinkAttributes.Find(NetlinkAttributes.Find(tuple, TupleProtocol), ProtocolNumber) is [var number] ? number : (byte)0;

    /// <summary>From SYN_SENT to CLOSE_WAIT: after those both sides have said their last.</summary>
    private static bool IsOpen(ReadOnlySpan<byte> details) =>
        NetlinkAttributes.Find(NetlinkAttributes.Find(details, TcpDetails), TcpState) is [>= 1 and <= 5];

    private static bool IsUdpTo(ReadOnlySpan<byte> tuple, IReadOnlySet<ushort> ports)
    {
        var protocol = NetlinkAttributes.Find(tuple, TupleProtocol);
        var port = NetlinkAttributes.Find(protocol, DestinationPort);
        return NetlinkAttributes.Find(protocol, ProtocolNumber) is [Udp] && port.Length == 2 && ports.Contains(BinaryPrimitives.ReadUInt16BigEndian(port));
    }

    private static UInt128 Source(ReadOnlySpan<byte> tuple, byte family) => Address(tuple, (ushort)(family == IPv4 ? 1 : 3));

    private static UInt128 Destination(ReadOnlySpan<byte> tuple, byte family) => Address(tuple, (ushort)(family == IPv4 ? 2 : 4));

    private static UInt128 Address(ReadOnlySpan<byte> tuple, ushort attribute) =>
        ToNumber(NetlinkAttributes.Find(NetlinkAttributes.Find(tuple, TupleAddresses), attribute));

    private static UInt128 ToNumber(ReadOnlySpan<byte> address) => address.Length switch
    {
        4 => BinaryPrimitives.ReadUInt32BigEndian(address),
        16 => BinaryPrimitives.ReadUInt128BigEndian(address),
        _ => 0,
    };
}
