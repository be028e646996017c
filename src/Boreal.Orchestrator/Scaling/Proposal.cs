namespace Boreal.Orchestrator.Scaling;

/// <summary>What one metric asks for.</summary>
/// <param name="Replicas">How many; null when it could not be measured, which forbids to scale down.</param>
/// <param name="Reason">Why.</param>
/// <param name="HoldsDown">Whether it objects to fewer replicas than there are.</param>
internal sealed record Proposal(int? Replicas, ScalingReason Reason, bool HoldsDown = false)
{
    /// <summary>What was measured, in the unit of the target; null: nothing, or not enough.</summary>
    public double? Value { get; init; }
}
