using System.Buffers.Binary;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Linux.Nftables;

/// <summary>
/// A transaction on nftables: the kernel takes all of it at one moment, or nothing. Changes are to tables of IPv4 until
/// <see cref="In"/> says otherwise.
/// </summary>
public sealed class NftBatch
{
    private const int Subsystem = 10 << 8;
    private const ushort BatchBegin = 16;
    private const ushort BatchEnd = 17;
    private const ushort NewTable = Subsystem | 0;
    private const ushort DeleteTableType = Subsystem | 2;
    private const ushort NewChain = Subsystem | 3;
    private const ushort DeleteChainType = Subsystem | 5;
    private const ushort NewRule = Subsystem | 6;
    private const ushort DeleteRuleType = Subsystem | 8;
    private const ushort NewSet = Subsystem | 9;
    private const ushort DeleteSetType = Subsystem | 11;
    private const ushort NewElement = Subsystem | 12;
    private const ushort DeleteElement = Subsystem | 14;
    private const int RangesFlag = 4;
    private const int MapFlag = 8;
    private const int ConcatenationFlag = 0x80;
    private const int Verdict = unchecked((int)0xffffff00);

    /// <summary>An attribute is at most 64 KiB long, an element here at most 100 bytes.</summary>
    private const int ElementsPerMessage = 600;

    private readonly NetlinkRequest _request = new();
    private NftFamily _family = NftFamily.IPv4;
    private int _setId;

    public NftBatch() => _request.Begin(BatchBegin, NetlinkFlags.None, "begin").Fixed([0, 0, 0, 10]);

    /// <summary>There is something to carry out.</summary>
    public bool HasChanges => _request.Count > 1;

    /// <summary>What follows is about tables of this family.</summary>
    public NftBatch In(NftFamily family)
    {
        _family = family;
        return this;
    }

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

    /// <summary>A chain that others jump to.</summary>
    public NftBatch AddChain(string table, string chain)
    {
        Begin(NewChain, NetlinkFlags.Create, $"add chain {table} {chain}").Attribute(1, table).Attribute(3, chain);
        return this;
    }

    /// <summary>Deletes a chain with its rules; nothing may jump to it any more.</summary>
    public NftBatch DeleteChain(string table, string chain)
    {
        FlushChain(table, chain).Begin(DeleteChainType, NetlinkFlags.None, $"delete chain {table} {chain}").Attribute(1, table).Attribute(3, chain);
        return this;
    }

    /// <summary>Deletes the chain's rules.</summary>
    public NftBatch FlushChain(string table, string chain)
    {
        Begin(DeleteRuleType, NetlinkFlags.None, $"flush chain {table} {chain}").Attribute(1, table).Attribute(2, chain);
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

    public NftBatch AddSet(string table, NftSet set)
    {
        var isMap = set.Jumps || set.Data.Count > 0;
        var message = Begin(NewSet, NetlinkFlags.Create, $"add set {table} {set.Name}")
            .Attribute(1, table).Attribute(2, set.Name)
            .BigEndian(3, (set.Ranges ? RangesFlag : 0) | (set.IsConcatenatedRanges ? ConcatenationFlag : 0) | (isMap ? MapFlag : 0))
            .BigEndian(4, NftSet.TypeOf(set.Key)).BigEndian(5, NftSet.LengthOf(set.Key));
        if (set.Jumps) message.BigEndian(6, Verdict);
        else if (isMap) message.BigEndian(6, NftSet.TypeOf(set.Data)).BigEndian(7, NftSet.LengthOf(set.Data));
        if (set.IsConcatenatedRanges)
        {
            message.Nest(9, description => description.Nest(2, fields =>
            {
                foreach (var part in set.Key) fields.Nest(1, field => field.BigEndian(1, NftSet.FieldLength(part)));
            }));
        }

        message.BigEndian(10, ++_setId);
        // Numbers are in the machine's order: said for nft(8), which would show them turned round.
        if (set.Key is [NftType.Number]) message.Attribute(13, [0, 4, 1, 0, 0, 0]);
        return this;
    }

    /// <summary>Deletes a set with its elements; no rule may use it any more.</summary>
    public NftBatch DeleteSet(string table, string set)
    {
        Begin(DeleteSetType, NetlinkFlags.None, $"delete set {table} {set}").Attribute(1, table).Attribute(2, set);
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

    private NftBatch Elements(ushort type, NetlinkFlags flags, string verb, (string Table, string Map) at, IEnumerable<NftElement> elements, bool withData)
    {
        foreach (var some in elements.Chunk(ElementsPerMessage))
        {
            Begin(type, flags, $"{verb} {at.Table} {at.Map}").Attribute(1, at.Table).Attribute(2, at.Map).Nest(3, list =>
            {
                foreach (var element in some)
                {
                    list.Nest(1, one => element.WriteTo(one, withData));
                }
            });
        }

        return this;
    }

    /// <summary>Followed by struct nfgenmsg: family, version 0, no resource id.</summary>
    private NetlinkRequest Begin(ushort type, NetlinkFlags flags, string subject) =>
        _request.Begin(type, flags, subject).Fixed([(byte)_family, 0, 0, 0]);
}
