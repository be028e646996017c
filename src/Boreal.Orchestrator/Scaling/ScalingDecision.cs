namespace Boreal.Orchestrator.Scaling;

/// <summary>The answer of <see cref="Autoscaler.Decide"/>.</summary>
/// <param name="Replicas">How many there should be.</param>
/// <param name="State">To be given to the next call.</param>
/// <param name="Reasons">What was seen and which rules applied, in the order in which they did.</param>
public sealed record ScalingDecision(int Replicas, ScalingState State, IReadOnlyList<ScalingReason> Reasons)
{
    /// <summary>One word: the rule that held the replicas where they are, else the metric that asked for most.</summary>
    public string Cause { get; init; } = "";

    public IReadOnlyList<MetricReading> Readings { get; init; } = [];
}
