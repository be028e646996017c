using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks;

/// <summary>How a container is connected now. Persisted with the container's status: it is all that is needed to take the sandbox over or down.</summary>
public sealed record NetworkStatus
{
    /// <summary><c>bridge</c>, <c>none</c>, <c>host</c> or <c>container:ID</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>File of the network namespace for the OCI runtime; null for the host's own.</summary>
    public string? SandboxPath { get; init; }

    /// <summary>64 hex digits; Docker's SandboxID.</summary>
    public required string SandboxId { get; init; }

    /// <summary>Docker's SandboxKey: the namespace's file, for the host's own a name that stands for it.</summary>
    public required string SandboxKey { get; init; }

    /// <summary>The network's stable identity, also for <c>none</c> and <c>host</c>.</summary>
    public required string NetworkId { get; init; }

    /// <summary>This attachment's identity, also for <c>none</c> and <c>host</c>.</summary>
    public required string EndpointId { get; init; }

    /// <summary>What the name <c>host-gateway</c> stands for in extra hosts.</summary>
    public required string HostGateway { get; init; }

    /// <summary>Set in mode <c>bridge</c> only.</summary>
    public BridgeEndpoint? Bridge { get; init; }

    /// <summary>In the order of the request; for every address of the host there is one entry for IPv4 and, where the host has it, one for IPv6.</summary>
    public IReadOnlyList<BoundPort> Ports { get; init; } = [];
}
