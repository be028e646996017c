using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;
using Boreal.Linux.Nftables;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// Docker and other firewalls let iptables' FORWARD chain drop by default, and a packet must pass every table: without a
/// word of ours there no container reaches anything. A few rules of our own are appended, none of theirs is changed: what
/// leaves from a bridge of ours by the default route, and what goes to one, which our own tables judge. Where ufw is at
/// work the latter is left to it: it is the host's say who reaches a published port.
/// </summary>
internal sealed partial class ForeignFilter(HostNetwork host, string comment, ILogger logger)
{
    public const string Table = "filter";
    public const string Chain = "FORWARD";

    private readonly NftFamily[] _families = host.KnowsIPv6 ? [NftFamily.IPv4, NftFamily.IPv6] : [NftFamily.IPv4];

    /// <summary>Adds the rules where they are needed; takes those of an earlier start away.</summary>
    public void Admit(IReadOnlyList<string> bridges)
    {
        foreach (var family in _families)
        {
            var batch = new NftBatch();
            Withdraw(batch, family);
            foreach (var rule in Needed(family, bridges)) batch.AddRule(Table, Chain, rule, comment);
            if (batch.HasChanges && batch.TryCommit(host.Netfilter) is { } failure) Log.CannotAdmit(logger, failure);
        }
    }

    /// <summary>
    /// Adds the rules again only where some are gone: engines side by side hear of each other's changes here, and each
    /// putting its own in place anew would never end.
    /// </summary>
    public void Keep(IReadOnlyList<string> bridges)
    {
        if (_families.Any(family => Needed(family, bridges).Count != NftTables.RulesWithComment(host.Netfilter, family, Table, Chain, comment).Count)) Admit(bridges);
    }

    public void Withdraw()
    {
        foreach (var family in _families)
        {
            var batch = new NftBatch();
            Withdraw(batch, family);
            if (batch.HasChanges && batch.TryCommit(host.Netfilter) is { Errno: not Errno.ENOENT } failure) throw failure;
        }
    }

    private static bool IsUfw(NftChain chain) => chain is { Table: Table, Name: "ufw-before-forward" or "ufw6-before-forward" };

    private void Withdraw(NftBatch batch, NftFamily family)
    {
        batch.In(family);
        foreach (var handle in NftTables.RulesWithComment(host.Netfilter, family, Table, Chain, comment)) batch.DeleteRule(Table, Chain, handle);
    }

    private List<NftRule> Needed(NftFamily family, IReadOnlyList<string> bridges)
    {
        var rules = new List<NftRule>();
        var chains = NftTables.Chains(host.Netfilter, family);
        if (!chains.Any(chain => chain is { Table: Table, Name: Chain, DropsByDefault: true })) return rules;
        var outside = DefaultLink();
        var isLeftToUfw = chains.Any(IsUfw);
        foreach (var bridge in bridges)
        {
            // On hosts that filter bridged packets too (br_netfilter) those between two containers of a network come here.
            var within = isLeftToUfw ? new NftRule(family).FromLink(bridge) : new NftRule(family);
            rules.Add(within.ToLink(bridge).Count().Accept());
            if (outside is not null) rules.Add(new NftRule(family).FromLink(bridge).ToLink(outside).Count().Accept());
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
