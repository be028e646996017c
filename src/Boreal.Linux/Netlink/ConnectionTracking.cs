using System.Net;
using System.Runtime.InteropServices;

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
    private const ushort Source = 1;
    private const ushort Id = 12;
    private const ushort Nested = 0x8000;

    /// <summary>Deletes the IPv4 connections one end of which is, before or after translation, one of the addresses.</summary>
    public static void Forget(NetlinkSocket netfilter, IReadOnlyCollection<IPAddress> addresses)
    {
        if (addresses.Count == 0) return;
        var wanted = addresses.Select(address => MemoryMarshal.Read<uint>(address.GetAddressBytes())).ToHashSet();
        var deletion = new NetlinkRequest();
        netfilter.Dump(new NetlinkRequest().Begin(Get, NetlinkFlags.Dump, "connections").Fixed([2, 0, 0, 0]), (_, payload) =>
        {
            var attributes = payload[4..];
            var original = NetlinkAttributes.Find(attributes, OriginalTuple);
            if (!wanted.Contains(SourceOf(original)) && !wanted.Contains(SourceOf(NetlinkAttributes.Find(attributes, ReplyTuple)))) return;
            deletion.Begin(Delete, NetlinkFlags.None, "delete connection").Fixed([2, 0, 0, 0])
                .Attribute(OriginalTuple | Nested, original)
                .Attribute(Id, NetlinkAttributes.Find(attributes, Id));
        });
        // One that ended meanwhile is as good as deleted; without the acknowledgement only failures are answered.
        if (deletion.Count > 0) netfilter.TryExecute(deletion);
    }

    private static uint SourceOf(ReadOnlySpan<byte> tuple)
    {
        var source = NetlinkAttributes.Find(NetlinkAttributes.Find(tuple, TupleAddresses), Source);
        return source.Length == 4 ? MemoryMarshal.Read<uint>(source) : 0;
    }
}
