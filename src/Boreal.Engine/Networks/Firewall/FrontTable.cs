using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// The part of a family's table about <see cref="Front"/>s: maps from addresses and ports to chains, and per front a
/// chain of one rule with a map of its targets, made anew when they change.
/// </summary>
internal sealed class FrontTable(NftFamily family, string table)
{
    private const string AnyPorts = "shared_ports";
    private const string BoundPorts = "shared_bound_ports";
    private const string LoopbackPorts = "shared_loopback_ports";
    private const string Virtual = "virtual_addresses";

    private readonly NftType _address = family is NftFamily.IPv4 ? NftType.IPv4Address : NftType.IPv6Address;

    public void AddSets(NftBatch batch) => batch.In(family)
        .AddSet(table, new NftSet(AnyPorts, NftType.Protocol, NftType.Port) { Jumps = true })
        .AddSet(table, new NftSet(BoundPorts, NftType.Protocol, _address, NftType.Port) { Jumps = true })
        .AddSet(table, new NftSet(LoopbackPorts, NftType.Protocol, _address, NftType.Port))
        .AddSet(table, new NftSet(Virtual, _address) { Jumps = true });

    /// <summary>Leads connections that come through the chain to their fronts.</summary>
    public void AddRules(NftBatch batch, string chain) => batch
        .AddRule(table, chain, Rule().JumpByDestination(Virtual))
        .AddRule(table, chain, Rule().ToThisHost().JumpByAddressAndPort(BoundPorts))
        .AddRule(table, chain, Rule().ToThisHost().JumpByPort(AnyPorts));

    /// <summary>The end of a rule that matches what comes from elsewhere to a loopback address: drops what would reach a front.</summary>
    public void AddGuard(NftBatch batch, string chain, NftRule fromElsewhere) =>
        batch.AddRule(table, chain, fromElsewhere.AddressAndPortIn(LoopbackPorts).Drop());

    public void Add(NftBatch batch, Front front)
    {
        batch.In(family).AddChain(table, front.Name);
        Fill(batch, front);
        batch.AddElements(table, MapOf(front), [KeyOf(front, front.Name)]);
        if (front.IsLoopback) batch.AddElements(table, LoopbackPorts, [KeyOf(front)]);
    }

    public void Remove(NftBatch batch, Front front)
    {
        batch.In(family).DeleteElements(table, MapOf(front), [KeyOf(front)]);
        if (front.IsLoopback) batch.DeleteElements(table, LoopbackPorts, [KeyOf(front)]);
        batch.DeleteChain(table, front.Name);
        if (HasMap(front)) batch.DeleteSet(table, front.Name);
    }

    /// <summary>Other targets for the same place. Who is connected stays where he is.</summary>
    public void Change(NftBatch batch, Front old, Front front)
    {
        batch.In(family).FlushChain(table, old.Name);
        if (HasMap(old)) batch.DeleteSet(table, old.Name);
        Fill(batch, front);
    }

    private static bool HasMap(Front front) => front.Targets.Count > 1;

    private static string MapOf(Front front) => front.IsVirtual ? Virtual : front.Address is null ? AnyPorts : BoundPorts;

    private static NftElement KeyOf(Front front, string? jump = null) =>
        (front is { IsVirtual: true, Address: { } address } ? NftElement.Address(address) : NftElement.Port(front.Protocol, front.Address, front.Port)) with { Jump = jump };

    private NftRule Rule() => new(family);

    private void Fill(NftBatch batch, Front front)
    {
        if (RuleOf(batch, front) is { } rule) batch.AddRule(table, front.Name, rule);
    }

    private NftRule? RuleOf(NftBatch batch, Front front)
    {
        switch (front.Targets)
        {
            // Nothing else of the host may answer at a virtual address; a port has its socket, which refuses by itself.
            case []:
                return front.IsVirtual ? Rule().Refuse() : null;
            case [{ Port: { } port } only]:
                return Rule().TranslateDestination(only.Address, port);
            case [var only]:
                return Rule().TranslateDestination(only.Address);
            default:
                var numbered = front.BySource ? SourceSlots.Of(front.Targets) : front.Targets;
                batch.AddSet(table, new NftSet(front.Name, NftType.Number) { Data = front.IsVirtual ? [_address] : [_address, NftType.Port] })
                    .AddElements(table, front.Name, numbered.Select((target, number) => NftElement.Numbered(number, target.Address, target.Port)));
                var found = front.BySource ? Rule().LookUpBySource(front.Name, numbered.Count) : Rule().LookUpInTurn(front.Name, numbered.Count);
                return front.IsVirtual ? found.TranslateAddress() : found.TranslateDestination();
        }
    }
}
