namespace Boreal.Engine.Networks.Firewall;

/// <summary>How a bridge network's containers are reached and how they get out, for one family of addresses.</summary>
public enum GatewayMode
{
    /// <summary>Published ports of the host are translated, nothing else gets in.</summary>
    Nat,

    /// <summary>As <see cref="Nat"/>, and whoever knows the way reaches every port of a container.</summary>
    NatUnprotected,

    /// <summary>Nothing is translated: published ports are open at the containers' own addresses.</summary>
    Routed,

    /// <summary>The host has no address in the network.</summary>
    Isolated,
}
