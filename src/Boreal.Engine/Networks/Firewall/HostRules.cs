using Boreal.Linux.Errors;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// Chains for the host's own rules, which come before all of ours: <c>incoming</c> sees packets as they arrive, with the
/// published port, <c>forward</c> what goes to and from containers. They are made where they are missing and never
/// changed after that; what is in them is the host's.
/// </summary>
internal sealed class HostRules(HostNetwork host, string table)
{
    private const string Incoming = "incoming";
    private const string Forward = "forward";

    public void Ensure()
    {
        var present = NftTables.Chains(host.Netfilter, NftFamily.Inet).Where(chain => chain.Table == table).Select(chain => chain.Name).ToHashSet();
        // An existing chain is not added again: that would undo a policy the host gave it.
        var batch = new NftBatch().In(NftFamily.Inet).AddTable(table);
        if (!present.Contains(Incoming)) batch.AddChain(table, Incoming, new NftHook("filter", NftHookPoint.Prerouting, -110));
        if (!present.Contains(Forward)) batch.AddChain(table, Forward, new NftHook("filter", NftHookPoint.Forward, -10));
        if (!present.IsSupersetOf([Incoming, Forward])) batch.Commit(host.Netfilter);
    }

    /// <summary>Takes the table away unless the host put anything in.</summary>
    public void Withdraw()
    {
        var isOurs = NftTables.Chains(host.Netfilter, NftFamily.Inet).All(chain => chain.Table != table || chain.Name is Incoming or Forward && !chain.DropsByDefault)
            && !NftTables.HasRules(host.Netfilter, NftFamily.Inet, table);
        if (isOurs && new NftBatch().In(NftFamily.Inet).DeleteTable(table).TryCommit(host.Netfilter) is { Errno: not Errno.ENOENT } failure) throw failure;
    }
}
