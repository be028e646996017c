namespace Boreal.Orchestrator.Scaling;

/// <summary>How a service is scaled: <c>x-autoscale</c> of its compose file, or labels <c>autoscale.*</c>.</summary>
public sealed record AutoscaleSettings(int Min, int Max, IReadOnlyList<ScalingMetric> Metrics)
{
    /// <summary>From one look at the service to the next.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A younger replica is not judged by its processor time, and the effect of a step up is not judged earlier.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After growth that did not help the response time, how long the response time asks for no more of it.</summary>
    public TimeSpan Freeze { get; init; } = TimeSpan.FromMinutes(5);

    public ScalingRules Up { get; init; } = new()
    {
        Policies = [new(0, 100, TimeSpan.FromSeconds(15)), new(4, 0, TimeSpan.FromSeconds(15))],
    };

    public ScalingRules Down { get; init; } = new() { Tolerance = 0.1, Stabilization = TimeSpan.FromMinutes(2) };
}
