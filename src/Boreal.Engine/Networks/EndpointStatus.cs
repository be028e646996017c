using System.Text.Json.Serialization;

namespace Boreal.Engine.Networks;

/// <summary>A container's place on one network while it runs. Texts are empty where there is nothing: <c>host</c> and <c>none</c> give no addresses.</summary>
public sealed record EndpointStatus
{
    /// <summary>64 hex digits.</summary>
    public required string EndpointId { get; init; }

    public required string NetworkId { get; init; }

    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>The network's driver.</summary>
    public required string Driver { get; init; }

    /// <summary>The link inside, for example <c>eth0</c>.</summary>
    public string Interface { get; init; } = "";

    /// <summary>IPv4, without the prefix length.</summary>
    public string Address { get; init; } = "";

    public int PrefixLength { get; init; }

    public string Gateway { get; init; } = "";

    public string Address6 { get; init; } = "";

    public int PrefixLength6 { get; init; }

    public string Gateway6 { get; init; } = "";

    /// <summary>Lower-case, colons between.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>IPv4 where it has that, else IPv6.</summary>
    [JsonIgnore]
    public string AnyAddress => Address.Length > 0 ? Address : Address6;

    /// <summary>Containers find each other by name there: a network of the user's.</summary>
    [JsonIgnore]
    public bool HasNames => Interface.Length > 0 && !PredefinedNetworks.Names.Contains(Network);

    /// <summary>The network of the highest has the default route; of equals the first by name.</summary>
    public int GatewayPriority { get; init; }
}
