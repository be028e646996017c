namespace Boreal.Engine.Containers.Spec;

/// <summary>A network a container is to be on, and what was asked for there. Lists are null where the client sent none.</summary>
public sealed record EndpointSpec
{
    /// <summary>The network's name; what the client wrote where there is no such network yet.</summary>
    public required string Network { get; init; }

    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary><c>container:alias</c>: names for this container alone.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>The client sent settings of addresses, empty ones perhaps.</summary>
    public bool HasAddressSettings { get; init; }

    public string IPv4Address { get; init; } = "";

    public string IPv6Address { get; init; } = "";

    public IReadOnlyList<string>? LinkLocalAddresses { get; init; }

    /// <summary>Empty lets the engine choose.</summary>
    public string MacAddress { get; init; } = "";

    public IReadOnlyDictionary<string, string>? DriverOptions { get; init; }

    public int GatewayPriority { get; init; }
}
