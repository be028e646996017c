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

    /// <summary>Handles of the chain's rules with the comment.</summary>
    public static IReadOnlyList<long> RulesWithComment(NetlinkSocket netfilter, NftFamily family, string table, string chain, string comment)
    {
        var handles = new List<long>();
        var wanted = Comment(comment);
        var request = new NetlinkRequest().Begin(GetRule, NetlinkFlags.Dump, $"rules of {table} {chain}").Fixed([(byte)family, 0, 0, 0]).Attribute(1, table).Attribute(2, chain);
        try
        {
            netfilter.Dump(request, (_, payload) =>
            {
                var attributes = payload[4..];
                if (Text(attributes, 1) == table && Text(attributes, 2) == chain && NetlinkAttributes.Find(attributes, 7).SequenceEqual(wanted))
                    handles.Add(BinaryPrimitives.ReadInt64BigEndian(NetlinkAttributes.Find(attributes, 3)));
            });
        }
        catch (LinuxException exception) when (exception.Errno == Errno.ENOENT)
        {
            // No such table: no rules.
        }

        return handles;
    }

    /// <summary>How nft(8) keeps a rule's comment: type 0, length, text with its zero.</summary>
    internal static byte[] Comment(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [0, (byte)(bytes.Length + 1), .. bytes, 0];
    }

    private static string Text(ReadOnlySpan<byte> attributes, ushort type) => Encoding.UTF8.GetString(NetlinkAttributes.Find(attributes, type)).TrimEnd('\0');
}
