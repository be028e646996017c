using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;
using Boreal.Linux.Nftables;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// Docker and other firewalls let iptables' FORWARD chain drop by default, and a packet must pass every table: without a
/// word of ours there no container reaches anything. A few rules of our own are appended, none of theirs is changed: what
/// leaves from a bridge of ours by the default route or as an answer, and what goes to one, which our own tables judge. Where ufw is at
/// work the latter is left to it: it is the host's say who reaches a published port.
/// </summary>
internal sealed partial class ForeignFilter(HostNetwork host, string comment, ILogger logger)
{
    public const string Table = "filter";
    public const string Chain = "FORWARD";

    private readonly NftFamily[] _families = host.KnowsIPv6 ? [NftFamily.IPv4, NftFamily.IPv6] : [NftFamily.IPv4];

    /// <summary>
    /// Adds the rules that are needed and missing and takes those away that are not; false when all was in order. Each is
    /// known by its comment. What is there stays: engines side by side hear of each other's changes here, and each putting
    /// its own in place anew would never end.
    /// </summary>
    public bool Keep(IReadOnlyList<string> bridges)
    {
        var isChanged = false;
        foreach (var family in _families)
        {
            var batch = new NftBatch().In(family);
            var needed = Needed(family, bridges);
            var present = Present(family);
            foreach (var (handle, _) in present.Where(rule => !needed.ContainsKey(rule.Comment))) batch.DeleteRule(Table, Chain, handle);
            foreach (var (name, rule) in needed.Where(rule => present.All(one => one.Comment != rule.Key))) batch.AddRule(Table, Chain, rule, name);
            if (!batch.HasChanges) continue;
            isChanged = true;
            if (batch.TryCommit(host.Netfilter) is { } failure) Log.CannotAdmit(logger, failure);
        }

        return isChanged;
    }

    public void Withdraw()
    {
        foreach (var family in _families)
        {
            var batch = new NftBatch();
            batch.In(family);
            foreach (var (handle, _) in Present(family)) batch.DeleteRule(Table, Chain, handle);
            if (batch.HasChanges && batch.TryCommit(host.Netfilter) is { Errno: not Errno.ENOENT } failure) throw failure;
        }
    }

    private static bool IsUfw(NftChain chain) => chain is { Table: Table, Name: "ufw-before-forward" or "ufw6-before-forward" };

    private List<(long Handle, string Comment)> Present(NftFamily family) =>
        [.. NftTables.Rules(host.Netfilter, family, Table, Chain).Where(rule => rule.Comment?.StartsWith(comment + ' ', StringComparison.Ordinal) == true).Select(rule => (rule.Handle, rule.Comment ?? ""))];

    /// <summary>By their comments: one of ours, what it lets through, and for which bridge.</summary>
    private Dictionary<string, NftRule> Needed(NftFamily family, IReadOnlyList<string> bridges)
    {
        var rules = new Dictionary<string, NftRule>(StringComparer.Ordinal);
        var chains = NftTables.Chains(host.Netfilter, family);
        if (!chains.Any(chain => chain is { Table: Table, Name: Chain, DropsByDefault: true })) return rules;
        var outside = DefaultLink();
        var isLeftToUfw = chains.Any(IsUfw);
        foreach (var bridge in bridges)
        {
            // On hosts that filter bridged packets too (br_netfilter) those between two containers of a network come here.
            if (isLeftToUfw) rules[$"{comment} within {bridge}"] = new NftRule(family).FromLink(bridge).ToLink(bridge).Count().Accept();
            else rules[$"{comment} to {bridge}"] = new NftRule(family).ToLink(bridge).Count().Accept();
            // Answers leave by whichever link the question came.
            rules[$"{comment} answers from {bridge}"] = new NftRule(family).FromLink(bridge).EstablishedForIptables().Count().Accept();
            if (outside is not null) rules[$"{comment} from {bridge} to {outside}"] = new NftRule(family).FromLink(bridge).ToLink(outside).Count().Accept();
        }

        return rules;
    }

    private string? DefaultLink()
    {
        var route = NetworkTables.Routes(host.Route).FirstOrDefault(route => route.PrefixLength == 0);
        return NetworkTables.Links(host.Route).FirstOrDefault(link => link.Index == route?.LinkIndex)?.Name;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6150, Level = LogLevel.Warning, Message = "the host's FORWARD chain drops by default and takes no rule of ours: containers may reach nothing")]
        public static partial void CannotAdmit(ILogger logger, Exception exception);
    }
}
