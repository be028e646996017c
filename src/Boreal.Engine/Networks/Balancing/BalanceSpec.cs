using Boreal.Engine.Containers;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>
/// What is asked for a service: where its clients find it, and which containers get new connections. Immutable and
/// persisted. Containers belong to it that carry its name in the label <see cref="BalanceLabels.Group"/>, or are named here.
/// </summary>
public sealed record BalanceSpec
{
    public required string Service { get; init; }

    /// <summary>The asker's; given back with the status.</summary>
    public long Revision { get; init; }

    /// <summary>Where the service has names, and what they stand for.</summary>
    public IReadOnlyList<BalancedNetwork> Networks { get; init; } = [];

    /// <summary>Those that get new connections, and those that finish what they have. Who is not named here gets none.</summary>
    public IReadOnlyList<BalancedContainer> Containers { get; init; } = [];

    /// <summary>Ports of the host that lead to the containers, whether or not those publish them too. The service has them as long as it is there.</summary>
    public IReadOnlyList<BalancedPort> Ports { get; init; } = [];

    /// <summary>Connections from one address go to one container.</summary>
    public bool IsSticky { get; init; }

    internal bool Has(ContainerId container) => Containers.Any(one => one.Id == container);
}
