using System.Buffers.Binary;
using System.Text;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Linux.Nftables;

/// <summary>Reads nftables, also those of iptables' compatible form.</summary>
public static class NftTables
{
    private const ushort GetChain = 0x0a04;
    private const ushort GetRule = 0x0a07;

    /// <summary>All chains of a family.</summary>
    public static IReadOnlyList<NftChain> Chains(NetlinkSocket netfilter, NftFamily family)
    {
        var chains = new List<NftChain>();
        netfilter.Dump(new NetlinkRequest().Begin(GetChain, NetlinkFlags.Dump, "chains").Fixed([(byte)family, 0, 0, 0]), (_, payload) =>
        {
            var attributes = payload[4..];
            var policy = NetlinkAttributes.Find(attributes, 5);
            chains.Add(new NftChain(Text(attributes, 1), Text(attributes, 3)) { DropsByDefault = policy.Length == 4 && BinaryPrimitives.ReadInt32BigEndian(policy) == 0 });
        });
        return chains;
    }

    /// <summary>There is a rule in any chain of the table.</summary>
    public static bool HasRules(NetlinkSocket netfilter, NftFamily family, string table)
    {
        var found = false;
        try
        {
            var request = new NetlinkRequest().Begin(GetRule, NetlinkFlags.Dump, $"rules of {table}").Fixed([(byte)family, 0, 0, 0]).Attribute(1, table);
            netfilter.Dump(request, (_, payload) => found |= Text(payload[4..], 1) == table);
        }
        catch (LinuxException exception) when (exception.Errno == Errno.ENOENT)
        {
            // No such table: no rules.
        }

        return found;
    }

    /// <summary>The chain's rules in their order; none when there is no such chain.</summary>
    public static IReadOnlyList<(long Handle, string? Comment)> Rules(NetlinkSocket netfilter, NftFamily family, string table, string chain)
    {
        var rules = new List<(long, string?)>();
        var request = new NetlinkRequest().Begin(GetRule, NetlinkFlags.Dump, $"rules of {table} {chain}").Fixed([(byte)family, 0, 0, 0]).Attribute(1, table).Attribute(2, chain);
        try
        {
            netfilter.Dump(request, (_, payload) =>
            {
                var attributes = payload[4..];
                if (Text(attributes, 1) != table || Text(attributes, 2) != chain) return;
                rules.Add((BinaryPrimitives.ReadInt64BigEndian(NetlinkAttributes.Find(attributes, 3)), CommentIn(NetlinkAttributes.Find(attributes, 7))));
            });
        }
        catch (LinuxException exception) when (exception.Errno == Errno.ENOENT)
        {
            // No such table: no rules.
        }

        return rules;
    }

    /// <summary>How nft(8) keeps a rule's comment: type 0, length, text with its zero.</summary>
    internal static byte[] Comment(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [0, (byte)(bytes.Length + 1), .. bytes, 0];
    }

    /// <summary>Null for data of another kind, or none.</summary>
    private static string? CommentIn(ReadOnlySpan<byte> data) =>
        data.Length > 2 && data[0] == 0 && data.Length >= 2 + data[1] ? Encoding.UTF8.GetString(data.Slice(2, data[1])).TrimEnd('\0') : null;

    private static string Text(ReadOnlySpan<byte> attributes, ushort type) => Encoding.UTF8.GetString(NetlinkAttributes.Find(attributes, type)).TrimEnd('\0');
}
