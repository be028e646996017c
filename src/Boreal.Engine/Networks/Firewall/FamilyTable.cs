using System.Net;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// The nftables table of one family. Its base chains hold the same few rules however many networks there are: maps from
/// link names and addresses lead to a network's own chains, maps from ports to containers.
/// </summary>
internal sealed class FamilyTable(NftFamily family, string table)
{
    private const string AnyPorts = "ports";
    private const string BoundPorts = "bound_ports";
    private const string OpenPorts = "open_ports";
    private const string AnyRanges = "port_ranges";
    private const string BoundRanges = "bound_port_ranges";

    /// <summary>Fewer neighbours than these are elements of their own.</summary>
    private const int ShortestRange = 16;
    private const string Bridges = "bridges";
    private const string Into = "into";
    private const string OutOf = "out_of";
    private const string Direct = "direct";
    private const string Leaving = "leaving";
    private const byte IcmpProtocol = 1;
    private const byte Icmp6Protocol = 58;

    private static readonly IPNetwork Loopback4 = IPNetwork.Parse("127.0.0.0/8");
    private static readonly IPNetwork Loopback6 = IPNetwork.Parse("::1/128");

    private readonly NftType _address = family is NftFamily.IPv4 ? NftType.IPv4Address : NftType.IPv6Address;

    private readonly FrontTable _fronts = new(family, table);

    public NftFamily Family => family;

    private IPNetwork Loopback => family is NftFamily.IPv4 ? Loopback4 : Loopback6;

    /// <summary>The table anew, without networks and ports.</summary>
    public void Create(NftBatch batch, bool translatesLoopback)
    {
        // Added first so that deleting it never fails.
        batch.In(family).AddTable(table).DeleteTable(table).AddTable(table)
            .AddSet(table, new NftSet(AnyPorts, NftType.Protocol, NftType.Port) { Data = [_address, NftType.Port] })
            .AddSet(table, new NftSet(BoundPorts, NftType.Protocol, _address, NftType.Port) { Data = [_address, NftType.Port] })
            .AddSet(table, new NftSet(AnyRanges, NftType.Protocol, NftType.Port) { Data = [_address], Ranges = true })
            .AddSet(table, new NftSet(BoundRanges, NftType.Protocol, _address, NftType.Port) { Data = [_address], Ranges = true })
            .AddSet(table, new NftSet(OpenPorts, NftType.Protocol, _address, NftType.Port))
            .AddSet(table, new NftSet(Bridges, NftType.LinkName))
            .AddSet(table, new NftSet(Into, NftType.LinkName) { Jumps = true })
            .AddSet(table, new NftSet(OutOf, NftType.LinkName) { Jumps = true })
            .AddSet(table, new NftSet(Direct, _address) { Jumps = true, Ranges = true })
            .AddSet(table, new NftSet(Leaving, _address) { Jumps = true, Ranges = true });
        _fronts.AddSets(batch);
        AddGuard(batch);
        AddTranslation(batch, translatesLoopback);
        batch.AddChain(table, "forward", new NftHook("filter", NftHookPoint.Forward, 0))
            .AddRule(table, "forward", Rule().JumpByToLink(Into))
            .AddRule(table, "forward", Rule().JumpByFromLink(OutOf));
    }

    public void Add(NftBatch batch, NetworkRules network)
    {
        batch.In(family).AddElements(table, Bridges, [NftElement.Link(network.Bridge)]);
        var into = Chain(batch, Into, network);
        WriteInto(batch, into, network);
        batch.AddElements(table, Into, [NftElement.Link(network.Bridge, into)]);
        if (network.IsClosed(family))
        {
            var outOf = Chain(batch, OutOf, network);
            batch.AddRule(table, outOf, Rule().ToLink(network.Bridge, not: true).Drop())
                .AddElements(table, OutOf, [NftElement.Link(network.Bridge, outOf)]);
        }

        if (network.Subnet(family) is { } subnet) AddSubnet(batch, network, subnet);
    }

    public void Remove(NftBatch batch, NetworkRules network)
    {
        batch.In(family)
            .DeleteElements(table, Bridges, [NftElement.Link(network.Bridge)])
            .DeleteElements(table, Into, [NftElement.Link(network.Bridge)]);
        if (network.IsClosed(family))
        {
            batch.DeleteElements(table, OutOf, [NftElement.Link(network.Bridge)]).DeleteChain(table, Name(OutOf, network));
        }

        if (network.Subnet(family) is { } subnet)
        {
            if (IsGuarded(network)) batch.DeleteElements(table, Direct, NftElement.Network(subnet)).DeleteChain(table, Name(Direct, network));
            batch.DeleteElements(table, Leaving, NftElement.Network(subnet)).DeleteChain(table, Name(Leaving, network));
        }

        batch.DeleteChain(table, Name(Into, network));
    }

    /// <summary>Translates ports; those in <paramref name="isRouted"/> are only opened.</summary>
    public void Add(NftBatch batch, IEnumerable<PortTranslation> ports, Func<PortTranslation, bool> isRouted) =>
        Write(ports, isRouted, (map, elements) => batch.In(family).AddElements(table, map, elements));

    public void Remove(NftBatch batch, IEnumerable<PortTranslation> ports, Func<PortTranslation, bool> isRouted) =>
        Write(ports, isRouted, (map, elements) => batch.In(family).DeleteElements(table, map, elements));

    /// <summary>Makes of the old fronts those there are to be, one after the other.</summary>
    public void Change(NftBatch batch, IEnumerable<Front> old, IEnumerable<Front> fronts)
    {
        var (before, after) = (old.Where(front => front.Family == family).ToList(), fronts.Where(front => front.Family == family).ToList());
        foreach (var front in before.Where(front => !after.Exists(front.IsSamePlace))) _fronts.Remove(batch, front);
        foreach (var front in after)
        {
            if (before.Find(front.IsSamePlace) is not { } present) _fronts.Add(batch, front);
            else if (!present.Equals(front)) _fronts.Change(batch, present, front);
        }
    }

    private static string Name(string kind, NetworkRules network) => $"{kind}-{network.ShortName}";

    private NftRule Rule() => new(family);

    private string Chain(NftBatch batch, string kind, NetworkRules network)
    {
        var name = Name(kind, network);
        batch.AddChain(table, name);
        return name;
    }

    private void Write(IEnumerable<PortTranslation> ports, Func<PortTranslation, bool> isRouted, Action<string, IEnumerable<NftElement>> write)
    {
        var mine = ports.Where(port => port.Family == family).ToLookup(isRouted);
        if (mine[true].Any()) write(OpenPorts, mine[true].Select(port => port.Target));
        var singles = new List<PortTranslation>();
        var ranges = new List<(PortTranslation First, PortTranslation Last)>();
        foreach (var run in PortRuns.Of(mine[false]))
        {
            if (run.Length >= ShortestRange && run[0].KeepsPort) ranges.Add((run[0], run[^1]));
            else singles.AddRange(run);
        }

        foreach (var group in ranges.GroupBy(range => range.First.AnyAddress ? AnyRanges : BoundRanges))
            write(group.Key, group.Select(range => range.First.ElementUpTo(range.Last)));
        foreach (var group in singles.GroupBy(port => port.AnyAddress ? AnyPorts : BoundPorts))
            write(group.Key, group.Select(port => port.Element));
    }

    /// <summary>Before connections are tracked: what no honest sender sends.</summary>
    private void AddGuard(NftBatch batch)
    {
        batch.AddChain(table, "guard", new NftHook("filter", NftHookPoint.Prerouting, -300));
        if (family is NftFamily.IPv4)
        {
            // The cheapest comparison first: every packet of the host comes here. route_localnet on a bridge, ours, or on every link, by others, would let loopback addresses in from outside.
            batch.AddRule(table, "guard", Rule().Destination(Loopback.BaseAddress, Loopback.PrefixLength).FromLinkIn(Bridges).Drop())
                .AddRule(table, "guard", FromElsewhere().LookUpAddressAndPort(BoundPorts).Drop())
                .AddRule(table, "guard", FromElsewhere().LookUpAddressAndPort(BoundRanges).Drop());
            _fronts.AddGuard(batch, "guard", FromElsewhere());
        }

        batch.AddRule(table, "guard", Rule().JumpByDestination(Direct));

        NftRule FromElsewhere() => Rule().Destination(Loopback.BaseAddress, Loopback.PrefixLength).FromLink("lo", not: true);
    }

    private void AddTranslation(NftBatch batch, bool translatesLoopback)
    {
        batch.AddChain(table, "prerouting", new NftHook("nat", NftHookPoint.Prerouting, -100))
            .AddChain(table, "output", new NftHook("nat", NftHookPoint.Output, -100))
            .AddChain(table, "postrouting", new NftHook("nat", NftHookPoint.Postrouting, 100));
        // Without route_localnet, which IPv6 has not, the kernel has no way from a loopback source to a bridge: the proxy serves those.
        if (!translatesLoopback || family is NftFamily.IPv6)
            batch.AddRule(table, "output", Rule().Destination(Loopback.BaseAddress, Loopback.PrefixLength).Accept());
        foreach (var chain in (string[])["prerouting", "output"])
        {
            _fronts.AddRules(batch, chain);
            batch.AddRule(table, chain, Rule().ToThisHost().LookUpAddressAndPort(BoundPorts).TranslateDestination())
                .AddRule(table, chain, Rule().ToThisHost().LookUpPort(AnyPorts).TranslateDestination())
                .AddRule(table, chain, Rule().ToThisHost().LookUpAddressAndPort(BoundRanges).TranslateAddress())
                .AddRule(table, chain, Rule().ToThisHost().LookUpPort(AnyRanges).TranslateAddress());
        }

        batch.AddRule(table, "postrouting", Rule().JumpBySource(Leaving));
        if (family is NftFamily.IPv4)
            batch.AddRule(table, "postrouting", Rule().ToLinkIn(Bridges).DestinationTranslated().Source(Loopback.BaseAddress, Loopback.PrefixLength).Masquerade());
    }

    private void WriteInto(NftBatch batch, string chain, NetworkRules network)
    {
        var within = Rule().FromLink(network.Bridge);
        if (!network.IsClosed(family)) batch.AddRule(table, chain, Rule().Established().Accept());
        batch.AddRule(table, chain, network.Icc ? within.Accept() : within.Drop());
        if (!network.IsClosed(family))
        {
            switch (network.Mode(family))
            {
                case GatewayMode.Routed:
                    batch.AddRule(table, chain, Rule().AddressAndPortIn(OpenPorts).Accept())
                        .AddRule(table, chain, Rule().Protocol(family is NftFamily.IPv4 ? IcmpProtocol : Icmp6Protocol).Accept());
                    break;
                case GatewayMode.NatUnprotected:
                    batch.AddRule(table, chain, Rule().DestinationTranslated().Accept())
                        .AddRule(table, chain, Rule().FromLinkIn(Bridges).Drop())
                        .AddRule(table, chain, Rule().Accept());
                    break;
                default:
                    batch.AddRule(table, chain, Rule().DestinationTranslated().Accept());
                    break;
            }
        }

        batch.AddRule(table, chain, Rule().Drop());
    }

    private void AddSubnet(NftBatch batch, NetworkRules network, IPNetwork subnet)
    {
        if (IsGuarded(network))
        {
            var direct = Chain(batch, Direct, network);
            batch.AddRule(table, direct, Rule().FromLink(network.Bridge, not: true).ToThisHost(not: true).Drop())
                .AddElements(table, Direct, NftElement.Network(subnet, direct));
        }

        var leaving = Chain(batch, Leaving, network);
        if (network.Masquerades(family) && !network.IsClosed(family))
        {
            var outside = Rule().ToLink(network.Bridge, not: true);
            batch.AddRule(table, leaving, network.Source(family) is { } source ? outside.TranslateSource(source) : outside.Masquerade());
        }

        // A container that reaches another, or itself, through an address of the host must see answers come back that way.
        batch.AddRule(table, leaving, Rule().ToLink(network.Bridge).DestinationTranslated().Masquerade())
            .AddElements(table, Leaving, NftElement.Network(subnet, leaving));
    }

    /// <summary>Without masquerading answers come to the containers' own addresses, from any link.</summary>
    private bool IsGuarded(NetworkRules network) => !network.IsClosed(family) && network.Mode(family) is GatewayMode.Nat && network.Masquerades(family);
}
