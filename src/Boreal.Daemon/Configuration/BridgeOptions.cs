namespace Boreal.Daemon.Configuration;

/// <summary>The default bridge network.</summary>
internal sealed record BridgeOptions
{
    public string Name { get; init; } = "boreal0";

    /// <summary>Address of the bridge with its prefix length; empty picks a free one.</summary>
    public string Address { get; init; } = "";

    public int Mtu { get; init; } = 1500;

    /// <summary>Where published ports are bound when the request names no address.</summary>
    public string PublishAddress { get; init; } = "0.0.0.0";
}
