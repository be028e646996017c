namespace Boreal.Engine.Networks;

/// <summary>A container's end of the default bridge.</summary>
public sealed record BridgeEndpoint
{
    public required string EndpointId { get; init; }

    public required string NetworkId { get; init; }

    /// <summary>IPv4, without the prefix length.</summary>
    public required string Address { get; init; }

    public required int PrefixLength { get; init; }

    public required string Gateway { get; init; }

    /// <summary>Lower-case, colons between.</summary>
    public required string MacAddress { get; init; }
}
