using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Traffic;

namespace Boreal.Orchestrator.Scaling;

/// <summary>What is remembered of the last look at a service. Lost with the process, which then holds what is there for a while.</summary>
/// <param name="Written">The settings it was looked at with, as they were written.</param>
/// <param name="Settings">The same, read.</param>
/// <param name="State">The autoscaler's.</param>
/// <param name="At">When.</param>
/// <param name="Reasons">What it saw.</param>
/// <param name="Usage">By container.</param>
internal sealed record ScalingLook(
    string Written, AutoscaleSettings Settings, ScalingState State, DateTimeOffset At, IReadOnlyList<ScalingReason> Reasons, IReadOnlyDictionary<string, ContainerUsage> Usage)
{
    public IReadOnlyList<MetricReading> Readings { get; init; } = [];

    /// <summary>What the service's requests were up to then; null where nobody looks into them.</summary>
    public ServiceTraffic? Traffic { get; init; }

    public DateTimeOffset Next => At + Settings.Interval;
}
