namespace Boreal.Orchestrator.Scaling;

/// <summary>Replicas were added because of the response time; whether that helped is looked at later.</summary>
/// <param name="At">When they were added.</param>
/// <param name="Seconds">The response time before.</param>
/// <param name="Replicas">How many there were to be.</param>
internal sealed record LatencyTrial(DateTimeOffset At, double Seconds, int Replicas);
