namespace Boreal.Daemon.Configuration;

/// <summary>The default bridge network.</summary>
internal sealed record BridgeOptions
{
    /// <summary>Empty: follows from the exec root, <c>boreal0</c> for the default one.</summary>
    public string Name { get; init; } = "";

    /// <summary>Address of the bridge with its prefix length; empty picks a free one.</summary>
    public string Address { get; init; } = "";

    /// <summary>Null: as the link of the default route.</summary>
    public int? Mtu { get; init; }

    /// <summary>Where published ports are bound when the request names no address.</summary>
    public string PublishAddress { get; init; } = "0.0.0.0";
}
