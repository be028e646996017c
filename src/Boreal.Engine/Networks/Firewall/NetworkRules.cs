using System.Net;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>What the firewall has to know of a bridge network.</summary>
internal sealed record NetworkRules
{
    private const int ShortId = 12;

    public required string Id { get; init; }

    public required string Bridge { get; init; }

    public IPNetwork? Subnet4 { get; init; }

    public IPNetwork? Subnet6 { get; init; }

    /// <summary>Nothing gets in or out.</summary>
    public bool Internal { get; init; }

    /// <summary>Containers of the network reach each other. What stays on the bridge passes no rule: its ports must be isolated too.</summary>
    public bool Icc { get; init; } = true;

    public GatewayMode Mode4 { get; init; }

    public GatewayMode Mode6 { get; init; }

    public bool Masquerade4 { get; init; } = true;

    public bool Masquerade6 { get; init; } = true;

    /// <summary>The source address connections to the outside get; null is that of the link they leave by.</summary>
    public IPAddress? Source4 { get; init; }

    public IPAddress? Source6 { get; init; }

    /// <summary>Where ports are published that name no address; null is what the engine's options say.</summary>
    public IPAddress? HostBind { get; init; }

    /// <summary>The kernel lets loopback addresses through to the bridge (route_localnet).</summary>
    public bool TranslatesLoopback { get; init; } = true;

    public string ShortName => Id.Length > ShortId ? Id[..ShortId] : Id;

    public IPNetwork? Subnet(NftFamily family) => family is NftFamily.IPv4 ? Subnet4 : Subnet6;

    public GatewayMode Mode(NftFamily family) => family is NftFamily.IPv4 ? Mode4 : Mode6;

    public bool Masquerades(NftFamily family) => (family is NftFamily.IPv4 ? Masquerade4 : Masquerade6) && Mode(family) is GatewayMode.Nat or GatewayMode.NatUnprotected;

    public IPAddress? Source(NftFamily family) => family is NftFamily.IPv4 ? Source4 : Source6;

    /// <summary>Nothing of this family passes the bridge's edge.</summary>
    public bool IsClosed(NftFamily family) => Internal || Subnet(family) is null || Mode(family) is GatewayMode.Isolated;
}
