namespace Boreal.Orchestrator.Balancing;

/// <summary>One task behind a service.</summary>
public sealed record EndpointBackend
{
    public required string TaskId { get; init; }

    public required string ContainerId { get; init; }

    /// <summary>By which this machine reaches it. A container on the host's network has none.</summary>
    public string Address { get; init; } = "";

    public required BackendState State { get; init; }
}
