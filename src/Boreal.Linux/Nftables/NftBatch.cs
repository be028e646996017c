using System.Buffers.Binary;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Linux.Nftables;

/// <summary>A transaction on nftables of family ip: the kernel takes all of it at one moment, or nothing.</summary>
public sealed class NftBatch
{
    private const int Subsystem = 10 << 8;
    private const ushort BatchBegin = 16;
    private const ushort BatchEnd = 17;
    private const ushort NewTable = Subsystem | 0;
    private const ushort DeleteTableType = Subsystem | 2;
    private const ushort NewChain = Subsystem | 3;
    private const ushort NewRule = Subsystem | 6;
    private const ushort DeleteRuleType = Subsystem | 8;
    private const ushort NewSet = Subsystem | 9;
    private const ushort NewElement = Subsystem | 12;
    private const ushort DeleteElement = Subsystem | 14;
    private const int MapFlag = 8;

    /// <summary>An attribute is at most 64 KiB long, an element here at most 60 bytes.</summary>
    private const int ElementsPerMessage = 1000;

    private readonly NetlinkRequest _request = new();
    private int _setId;

    public NftBatch() => _request.Begin(BatchBegin, NetlinkFlags.None, "begin").Fixed([0, 0, 0, 10]);

    public NftBatch AddTable(string table)
    {
        Begin(NewTable, NetlinkFlags.Create, $"add table {table}").Attribute(1, table).BigEndian(2, 0);
        return this;
    }

    /// <summary>Deletes the table with all in it; fails with ENOENT when there is none.</summary>
    public NftBatch DeleteTable(string table)
    {
        Begin(DeleteTableType, NetlinkFlags.None, $"delete table {table}").Attribute(1, table);
        return this;
    }

    /// <summary>A base chain that accepts what its rules do not drop.</summary>
    public NftBatch AddChain(string table, string chain, NftHook hook)
    {
        Begin(NewChain, NetlinkFlags.Create, $"add chain {table} {chain}")
            .Attribute(1, table).Attribute(3, chain)
            .Nest(4, nested => nested.BigEndian(1, (int)hook.Point).BigEndian(2, hook.Priority))
            .BigEndian(5, 1)
            .Attribute(7, hook.Type);
        return this;
    }

    /// <summary>At the chain's end. The comment lets the rule be found again in a chain that others write too.</summary>
    public NftBatch AddRule(string table, string chain, NftRule rule, string? comment = null)
    {
        var message = Begin(NewRule, NetlinkFlags.Create | NetlinkFlags.Append, $"add rule {table} {chain}")
            .Attribute(1, table).Attribute(2, chain).Nest(4, rule.WriteTo);
        if (comment is not null) message.Attribute(7, NftTables.Comment(comment));
        return this;
    }

    public NftBatch DeleteRule(string table, string chain, long handle)
    {
        Begin(DeleteRuleType, NetlinkFlags.None, $"delete rule {handle} of {table} {chain}")
            .Attribute(1, table).Attribute(2, chain).Attribute(3, BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(handle)));
        return this;
    }

    /// <summary>A map from the concatenation of <paramref name="key"/> to that of <paramref name="data"/>; each part fills a multiple of 4 bytes.</summary>
    public NftBatch AddMap(string table, string map, IReadOnlyList<NftType> key, IReadOnlyList<NftType> data)
    {
        Begin(NewSet, NetlinkFlags.Create, $"add map {table} {map}")
            .Attribute(1, table).Attribute(2, map).BigEndian(3, MapFlag)
            .BigEndian(4, TypeOf(key)).BigEndian(5, key.Count * 4)
            .BigEndian(6, TypeOf(data)).BigEndian(7, data.Count * 4)
            .BigEndian(10, ++_setId);
        return this;
    }

    public NftBatch AddElements(string table, string map, IEnumerable<NftElement> elements) =>
        Elements(NewElement, NetlinkFlags.Create, "add elements to", (table, map), elements, withData: true);

    /// <summary>Fails with ENOENT when one of them is not there.</summary>
    public NftBatch DeleteElements(string table, string map, IEnumerable<NftElement> elements) =>
        Elements(DeleteElement, NetlinkFlags.None, "delete elements of", (table, map), elements, withData: false);

    /// <summary>Carries the transaction out.</summary>
    public void Commit(NetlinkSocket socket)
    {
        if (TryCommit(socket) is { } failure) throw failure;
    }

    /// <summary>As <see cref="Commit"/>, but gives the failure: ENOENT is an ordinary one when others change the table too.</summary>
    public LinuxException? TryCommit(NetlinkSocket socket)
    {
        _request.EndMessage();
        _request.AddFlagsToLast(NetlinkFlags.Acknowledge);
        _request.Begin(BatchEnd, NetlinkFlags.None, "commit").Fixed([0, 0, 0, 10]);
        return socket.TryExecute(_request);
    }

    /// <summary>How nft(8) shows a concatenation: six bits for every part's type.</summary>
    private static int TypeOf(IReadOnlyList<NftType> parts) => parts.Aggregate(0, (sum, part) => sum << 6 | (int)part);

    private NftBatch Elements(ushort type, NetlinkFlags flags, string verb, (string Table, string Map) at, IEnumerable<NftElement> elements, bool withData)
    {
        foreach (var some in elements.Chunk(ElementsPerMessage))
        {
            Begin(type, flags, $"{verb} {at.Table} {at.Map}").Attribute(1, at.Table).Attribute(2, at.Map).Nest(3, list =>
            {
                foreach (var element in some)
                {
                    list.Nest(1, one =>
                    {
                        one.Nest(1, key => key.Attribute(1, element.Key));
                        if (withData) one.Nest(2, data => data.Attribute(1, element.Data));
                    });
                }
            });
        }

        return this;
    }

    /// <summary>Followed by struct nfgenmsg: family ip, version 0, no resource id.</summary>
    private NetlinkRequest Begin(ushort type, NetlinkFlags flags, string subject) =>
        _request.Begin(type, flags, subject).Fixed([2, 0, 0, 0]);
}
