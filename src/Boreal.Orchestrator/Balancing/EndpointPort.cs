namespace Boreal.Orchestrator.Balancing;

/// <summary>A port of the host that leads to the tasks of a service.</summary>
public sealed record EndpointPort
{
    /// <summary>Empty for every address.</summary>
    public string HostIp { get; init; } = "";

    /// <summary>0: any free one, chosen by the balancer once for the life of the service.</summary>
    public required ushort Published { get; init; }

    /// <summary>In the container.</summary>
    public required ushort Target { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary><c>http</c>, <c>https</c>, ...; empty for what is balanced by connection.</summary>
    public string AppProtocol { get; init; } = "";
}
