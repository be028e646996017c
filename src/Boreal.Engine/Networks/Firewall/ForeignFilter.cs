using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;
using Boreal.Linux.Nftables;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// Docker and other firewalls let iptables' FORWARD chain drop by default, and a packet must pass every table: without a
/// word of ours there no container reaches anything. Two rules of our own are appended, none of theirs is changed: what
/// goes to our bridge, which our own table judges, and what leaves from it by the default route.
/// </summary>
internal sealed partial class ForeignFilter(HostNetwork host, string comment, ILogger logger)
{
    public const string Table = "filter";
    public const string Chain = "FORWARD";

    /// <summary>Adds the rules where they are needed; takes those of an earlier start away.</summary>
    public void Admit(DefaultBridge bridge)
    {
        var batch = new NftBatch();
        var old = Withdraw(batch);
        var needed = NftTables.DropsByDefault(host.Netfilter, Table, Chain);
        if (needed)
        {
            batch.AddRule(Table, Chain, new NftRule().ToLink(bridge.Name).Count().Accept(), comment);
            if (DefaultLink() is { } link) batch.AddRule(Table, Chain, new NftRule().FromLink(bridge.Name).ToLink(link).Count().Accept(), comment);
        }

        if (old == 0 && !needed) return;
        if (batch.TryCommit(host.Netfilter) is { } failure) Log.CannotAdmit(logger, failure);
    }

    /// <summary>
    /// Adds the rules again only where they are gone: engines side by side hear of each other's changes here, and each
    /// putting its own in place anew would never end.
    /// </summary>
    public void Keep(DefaultBridge bridge)
    {
        var arePresent = NftTables.RulesWithComment(host.Netfilter, Table, Chain, comment).Count > 0;
        if (arePresent != NftTables.DropsByDefault(host.Netfilter, Table, Chain)) Admit(bridge);
    }

    public void Withdraw()
    {
        var batch = new NftBatch();
        if (Withdraw(batch) > 0 && batch.TryCommit(host.Netfilter) is { Errno: not Errno.ENOENT } failure) throw failure;
    }

    private int Withdraw(NftBatch batch)
    {
        var handles = NftTables.RulesWithComment(host.Netfilter, Table, Chain, comment);
        foreach (var handle in handles) batch.DeleteRule(Table, Chain, handle);
        return handles.Count;
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
