using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Health;
using Boreal.Engine.Networks.Balancing;

namespace Boreal.Engine.Networks;

/// <summary>The container a sandbox is for, as far as networks must know it.</summary>
public sealed record SandboxRequest(ContainerId Id, string Name, string Hostname, NetworkSpec Network)
{
    /// <summary>The containers it shares published ports with; empty where it has them for itself.</summary>
    public string Group { get; init; } = "";

    /// <summary>Health checks say when it can serve.</summary>
    public bool HasHealthChecks { get; init; }

    /// <summary>Its processes are frozen: it gets no new connections of its group's.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The name of its group's virtual addresses; empty for none.</summary>
    public string ServiceName { get; init; } = "";

    /// <summary>Each client of a shared port stays with one of the group's containers.</summary>
    public bool IsSticky { get; init; }

    public static SandboxRequest Of(ContainerSpec spec) => new(spec.Id, spec.Name, spec.Process.Hostname, spec.Network)
    {
        Group = spec.Labels.GetValueOrDefault(BalanceLabels.Group, ""),
        HasHealthChecks = HealthPolicy.IsEnabled(spec.Health),
        ServiceName = spec.Labels.GetValueOrDefault(BalanceLabels.Name, ""),
        IsSticky = spec.Labels.GetValueOrDefault(BalanceLabels.Affinity) == BalanceLabels.AffinityToSource,
    };
}
