using System.Text.Json.Serialization;
using Boreal.Engine.Networks.Drivers;
using Boreal.Engine.Networks.Endpoints;
using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks;

/// <summary>How a container is connected now. Persisted with the container's status: it is all that is needed to take the sandbox over or down.</summary>
public sealed record NetworkStatus
{
    /// <summary>The network mode it was started with: a network's name, <c>none</c>, <c>host</c> or <c>container:ID</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>File of the network namespace for the OCI runtime; null for the host's own.</summary>
    public string? SandboxPath { get; init; }

    /// <summary>64 hex digits; Docker's SandboxID.</summary>
    public required string SandboxId { get; init; }

    /// <summary>Docker's SandboxKey: the namespace's file, for the host's own a name that stands for it.</summary>
    public required string SandboxKey { get; init; }

    /// <summary>What the name <c>host-gateway</c> stands for in extra hosts.</summary>
    public required string HostGateway { get; init; }

    /// <summary>Its resolv.conf names the engine's own server: it has been on a network of the user's in this run.</summary>
    public bool HasNameServer { get; init; }

    /// <summary>One per network, in the order they were connected; none for a container in another's sandbox.</summary>
    public IReadOnlyList<EndpointStatus> Endpoints { get; init; } = [];

    /// <summary>In the order of the request; for every address of the host there is one entry for IPv4 and, where the host has it, one for IPv6.</summary>
    [JsonConverter(typeof(BoundPortsConverter))]
    public IReadOnlyList<BoundPort> Ports { get; init; } = [];

    /// <summary>It has no namespace of its own but the host's.</summary>
    [JsonIgnore]
    public bool IsOnHost => Mode == PredefinedNetworks.Host || Endpoints.Any(endpoint => endpoint.Network == PredefinedNetworks.Host);

    /// <summary>It is on a network that ports can be published by.</summary>
    [JsonIgnore]
    public bool IsPublishable => Endpoints.Any(endpoint => endpoint.Driver == BridgeDriver.DriverName && (endpoint.Gateway.Length > 0 || endpoint.Gateway6.Length > 0));

    /// <summary>The place on the default bridge, which Docker shows at the top too.</summary>
    [JsonIgnore]
    public EndpointStatus? Bridge => Endpoints.FirstOrDefault(endpoint => endpoint.Network == PredefinedNetworks.Bridge);

    /// <summary>
    /// The address by which this host reaches it: where its published ports lead to, else on another bridge, one without a way out
    /// too. Empty when it is on no bridge.
    /// </summary>
    [JsonIgnore]
    public string HostAddress => (GatewayChoice.Of(Endpoints).OfPorts
        ?? Endpoints.Where(endpoint => endpoint.Driver == BridgeDriver.DriverName && endpoint.AnyAddress.Length > 0)
            .OrderByDescending(endpoint => endpoint.GatewayPriority).ThenBy(endpoint => endpoint.Network, StringComparer.Ordinal).FirstOrDefault())?.AnyAddress ?? "";

    /// <summary>The place on a network, by the network's id.</summary>
    public EndpointStatus? On(string networkId) => Endpoints.FirstOrDefault(endpoint => endpoint.NetworkId == networkId);
}
