namespace Boreal.Orchestrator.Scaling;

/// <summary>How a service may be scaled in one direction.</summary>
public sealed record ScalingRules
{
    /// <summary>The share by which a metric may miss its target before anything happens.</summary>
    public double Tolerance { get; init; }

    /// <summary>Only what every look within this time asked for is done.</summary>
    public TimeSpan Stabilization { get; init; }

    /// <summary>The most generous one counts. None: no limit.</summary>
    public IReadOnlyList<ScalingPolicy> Policies { get; init; } = [];

    /// <summary>After a change in this direction, the time until the next.</summary>
    public TimeSpan Cooldown { get; init; }
}
