using Boreal.Engine.Containers;
using Boreal.Engine.Health;
using Boreal.Orchestrator.Nodes;

namespace Boreal.Daemon.Apps;

/// <summary>An engine's container as the orchestrator sees it.</summary>
internal static class ContainerSight
{
    public static ObservedContainer Of(Container container)
    {
        var (spec, status) = (container.Spec, container.Status);
        return new ObservedContainer
        {
            Id = spec.Id.Value,
            Name = spec.Name,
            Phase = PhaseOf(status.State),
            Labels = spec.Labels,
            Image = spec.ImageName,
            ExitCode = status.ExitCode,
            OutOfMemory = status.OomKilled,
            Error = status.Error,
            Health = HealthOf(container),
            HealthOutput = status.Health is { State: HealthState.Unhealthy, Log: [.., var last] } ? last.Output : "",
            CreatedAt = spec.Created,
            StartedAt = status.StartedAt,
            FinishedAt = status.FinishedAt,
            Address = status.Network?.HostAddress ?? "",
        };
    }

    private static ContainerPhase PhaseOf(ContainerState state) => state switch
    {
        ContainerState.Created => ContainerPhase.Created,
        ContainerState.Running or ContainerState.Paused => ContainerPhase.Running,
        ContainerState.Restarting => ContainerPhase.Restarting,
        ContainerState.Exited => ContainerPhase.Exited,
        ContainerState.Removing or ContainerState.Dead => ContainerPhase.Removing,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no phase is known for this state"),
    };

    private static ContainerHealth HealthOf(Container container) => container.Status.Health?.State switch
    {
        HealthState.Healthy => ContainerHealth.Healthy,
        HealthState.Unhealthy => ContainerHealth.Unhealthy,
        HealthState.Starting => ContainerHealth.Starting,
        // Between its start and the first word of its checks.
        null when container.Spec.Health is { Test: [not "NONE", ..] } => ContainerHealth.Starting,
        _ => ContainerHealth.None,
    };
}
