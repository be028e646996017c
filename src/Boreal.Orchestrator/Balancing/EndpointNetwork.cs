namespace Boreal.Orchestrator.Balancing;

/// <summary>A service on one network: by which names, and behind which address.</summary>
public sealed record EndpointNetwork
{
    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Whether the names resolve to one stable address in front of the ready tasks; otherwise to the addresses of all ready tasks.</summary>
    public bool HasVirtualAddress { get; init; }

    /// <summary>
    /// The service's name and its further aliases. They take the place of equal aliases of its containers. <c>tasks.NAME</c>
    /// is always the addresses of all ready tasks.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
