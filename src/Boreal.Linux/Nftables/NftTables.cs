using System.Buffers.Binary;
using System.Text;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Linux.Nftables;

/// <summary>Reads nftables of family ip, also those of iptables' compatible form.</summary>
public static class NftTables
{
    private const ushort GetChain = 0x0a04;
    private const ushort GetRule = 0x0a07;

    /// <summary>The base chain drops what no rule of it accepts. False when there is no such chain.</summary>
    public static bool DropsByDefault(NetlinkSocket netfilter, string table, string chain)
    {
        var drops = false;
        netfilter.Dump(new NetlinkRequest().Begin(GetChain, NetlinkFlags.Dump, "chains").Fixed([2, 0, 0, 0]), (_, payload) =>
        {
            var attributes = payload[4..];
            var policy = NetlinkAttributes.Find(attributes, 5);
            if (Text(attributes, 1) == table && Text(attributes, 3) == chain && policy.Length == 4)
                drops = BinaryPrimitives.ReadInt32BigEndian(policy) == 0;
        });
        return drops;
    }

    /// <summary>Handles of the chain's rules with the comment.</summary>
    public static IReadOnlyList<long> RulesWithComment(NetlinkSocket netfilter, string table, string chain, string comment)
    {
        var handles = new List<long>();
        var wanted = Comment(comment);
        var request = new NetlinkRequest().Begin(GetRule, NetlinkFlags.Dump, $"rules of {table} {chain}").Fixed([2, 0, 0, 0]).Attribute(1, table).Attribute(2, chain);
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
