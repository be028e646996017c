namespace Boreal.Daemon.Configuration;

/// <summary>The default bridge network, and where others get their subnets from that ask for none.</summary>
internal sealed record BridgeOptions
{
    /// <summary>Empty: follows from the exec root, <c>boreal0</c> for the default one.</summary>
    public string Name { get; init; } = "";

    /// <summary>Address of the bridge with its prefix length; empty picks a free one.</summary>
    public string Address { get; init; } = "";

    /// <summary>Null: as the link of the default route.</summary>
    public int? Mtu { get; init; }

    /// <summary>The part of the bridge's network that addresses are given out from; empty is all of it.</summary>
    public string FixedCidr { get; init; } = "";

    /// <summary>The bridge has IPv6 too.</summary>
    public bool IPv6 { get; init; }

    /// <summary>Its IPv6 network; empty picks one.</summary>
    public string FixedCidr6 { get; init; } = "";

    /// <summary>Its containers reach each other.</summary>
    public bool Icc { get; init; } = true;

    /// <summary>Its containers' connections to others carry the host's address.</summary>
    public bool Masquerade { get; init; } = true;

    /// <summary>As <c>base=NETWORK,size=BITS</c>; none are the engine's own.</summary>
    public IReadOnlyList<string> AddressPools { get; init; } = [];

    /// <summary>Where published ports are bound when the request names no address.</summary>
    public string PublishAddress { get; init; } = "0.0.0.0";
}
