namespace Boreal.Orchestrator.Scaling;

/// <summary>How much may change within a period: a number of replicas, or a percentage of those there were at its begin.</summary>
public sealed record ScalingPolicy(int Replicas, int Percent, TimeSpan Period);
