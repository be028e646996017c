namespace Boreal.Orchestrator.Balancing;

/// <summary>One task behind a service.</summary>
public sealed record EndpointBackend
{
    public required string TaskId { get; init; }

    public required string ContainerId { get; init; }

    /// <summary>By network name. A container on the host's network has none.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; init; } = new Dictionary<string, string>();

    public required BackendState State { get; init; }
}
