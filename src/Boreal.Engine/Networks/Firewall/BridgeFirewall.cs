using System.Net;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// The bridge's nftables table: masquerading, translation of published ports through two maps, and a forward chain that
/// lets in what belongs to a connection from inside or to a published port, and nothing else.
/// </summary>
internal sealed class BridgeFirewall(HostNetwork host, string table, ForeignFilter? foreign)
{
    private const string AnyMap = "ports";
    private const string BoundMap = "bound_ports";

    private static readonly IPAddress Loopback = IPAddress.Parse("127.0.0.0");
    private static readonly NftType[] AnyKey = [NftType.Protocol, NftType.Port];
    private static readonly NftType[] BoundKey = [NftType.Protocol, NftType.IPv4Address, NftType.Port];
    private static readonly NftType[] Target = [NftType.IPv4Address, NftType.Port];

    private readonly Lock _lock = new();
    private readonly HashSet<PortTranslation> _ports = [];
    private DefaultBridge? _bridge;

    /// <summary>Replaces the whole table in one transaction.</summary>
    public void Start(DefaultBridge bridge, IEnumerable<PortTranslation> ports)
    {
        lock (_lock)
        {
            _bridge = bridge;
            _ports.UnionWith(ports.Where(port => port.IsTranslated));
            Rebuild(bridge);
            foreign?.Admit(bridge);
        }
    }

    /// <summary>Makes everything anew as it should be.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            if (_bridge is null) return;
            Rebuild(_bridge);
            foreign?.Keep(_bridge);
        }
    }

    public void Add(IReadOnlyCollection<PortTranslation> ports) =>
        Change(ports, port => _ports.Add(port), (batch, map, elements) => batch.AddElements(table, map, elements));

    public void Remove(IReadOnlyCollection<PortTranslation> ports) =>
        Change(ports, port => _ports.Remove(port), (batch, map, elements) => batch.DeleteElements(table, map, elements));

    /// <summary>Takes the table away; no error when there is none.</summary>
    public void Delete()
    {
        lock (_lock)
        {
            _bridge = null;
            foreign?.Withdraw();
            if (new NftBatch().DeleteTable(table).TryCommit(host.Netfilter) is { Errno: not Errno.ENOENT } failure) throw failure;
        }
    }

    private void Change(IReadOnlyCollection<PortTranslation> ports, Func<PortTranslation, bool> apply, Action<NftBatch, string, IEnumerable<NftElement>> write)
    {
        lock (_lock)
        {
            var changed = ports.Where(port => port.IsTranslated && apply(port)).ToList();
            if (changed.Count == 0 || _bridge is null) return;
            var batch = new NftBatch();
            write(batch, AnyMap, changed.Where(port => port.AnyAddress).Select(port => port.Element));
            write(batch, BoundMap, changed.Where(port => !port.AnyAddress).Select(port => port.Element));
            // Somebody else may have flushed the table: then it is made anew from what should be there.
            if (batch.TryCommit(host.Netfilter) is { } failure) RebuildAfter(failure, _bridge);
        }
    }

    private void RebuildAfter(LinuxException failure, DefaultBridge bridge)
    {
        if (failure.Errno != Errno.ENOENT) throw failure;
        Rebuild(bridge);
    }

    private void Rebuild(DefaultBridge bridge)
    {
        // Added first so that deleting it never fails.
        var batch = new NftBatch().AddTable(table).DeleteTable(table).AddTable(table)
            .AddMap(table, AnyMap, AnyKey, Target)
            .AddMap(table, BoundMap, BoundKey, Target);
        AddGuard(batch, bridge);
        AddTranslation(batch, bridge);
        AddForward(batch, bridge.Name);
        batch.AddElements(table, AnyMap, _ports.Where(port => port.AnyAddress).Select(port => port.Element))
            .AddElements(table, BoundMap, _ports.Where(port => !port.AnyAddress).Select(port => port.Element))
            .Commit(host.Netfilter);
    }

    /// <summary>route_localnet on the bridge, ours, or on every link, by others, would let loopback addresses in from outside.</summary>
    private void AddGuard(NftBatch batch, DefaultBridge bridge) => batch
        .AddChain(table, "guard", new NftHook("filter", NftHookPoint.Prerouting, -300))
        .AddRule(table, "guard", new NftRule().FromLink(bridge.Name).Destination(Loopback, 8).Drop())
        .AddRule(table, "guard", new NftRule().FromLink("lo", not: true).Destination(Loopback, 8).LookUpAddressAndPort(BoundMap).Drop());

    private void AddTranslation(NftBatch batch, DefaultBridge bridge)
    {
        batch.AddChain(table, "prerouting", new NftHook("nat", NftHookPoint.Prerouting, -100))
            .AddChain(table, "output", new NftHook("nat", NftHookPoint.Output, -100))
            .AddChain(table, "postrouting", new NftHook("nat", NftHookPoint.Postrouting, 100));
        // Without route_localnet the kernel has no way from a loopback source to the bridge: the proxy serves those.
        if (!bridge.TranslatesLoopback) batch.AddRule(table, "output", new NftRule().Destination(Loopback, 8).Accept());
        foreach (var chain in (string[])["prerouting", "output"])
        {
            batch.AddRule(table, chain, new NftRule().ToThisHost().LookUpAddressAndPort(BoundMap).TranslateDestination())
                .AddRule(table, chain, new NftRule().ToThisHost().LookUpPort(AnyMap).TranslateDestination());
        }

        var (network, length) = (bridge.Address.Address, bridge.Address.PrefixLength);
        batch.AddRule(table, "postrouting", new NftRule().Source(network, length).ToLink(bridge.Name, not: true).Masquerade())
            // A container that reaches another, or itself, through the host's address must see answers come back that way.
            .AddRule(table, "postrouting", new NftRule().ToLink(bridge.Name).DestinationTranslated().Source(network, length).Masquerade())
            .AddRule(table, "postrouting", new NftRule().ToLink(bridge.Name).DestinationTranslated().Source(Loopback, 8).Masquerade());
    }

    private void AddForward(NftBatch batch, string bridge) => batch
        .AddChain(table, "forward", new NftHook("filter", NftHookPoint.Forward, 0))
        .AddRule(table, "forward", new NftRule().ToLink(bridge).Established().Accept())
        .AddRule(table, "forward", new NftRule().ToLink(bridge).DestinationTranslated().Accept())
        .AddRule(table, "forward", new NftRule().FromLink(bridge).ToLink(bridge).Accept())
        .AddRule(table, "forward", new NftRule().ToLink(bridge).Drop());
}
