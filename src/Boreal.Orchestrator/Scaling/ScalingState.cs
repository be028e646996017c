using System.Collections.Immutable;

namespace Boreal.Orchestrator.Scaling;

/// <summary>What the autoscaler remembers of a service from one look to the next.</summary>
public sealed record ScalingState
{
    /// <summary>What the metrics asked for, newest last, as far back as <see cref="ScalingRules.Stabilization"/> reaches.</summary>
    internal ImmutableList<(DateTimeOffset At, int Replicas)> Asked { get; init; } = [];

    /// <summary>Changes made, newest last, as far back as a policy or cooldown reaches.</summary>
    internal ImmutableList<(DateTimeOffset At, int By)> Changes { get; init; } = [];

    /// <summary>Traffic seen, newest last, over the stable window.</summary>
    internal ImmutableList<(DateTimeOffset At, double InFlight, double PerSecond)> Traffic { get; init; } = [];

    internal DateTimeOffset? PanicUntil { get; init; }

    /// <summary>The most that was asked for while in panic.</summary>
    internal int PanicReplicas { get; init; }

    internal LatencyTrial? Trial { get; init; }

    internal DateTimeOffset? FrozenUntil { get; init; }

    /// <summary>
    /// Nothing is remembered. The replicas that are there count as asked for now: a restart, which forgets the past, never scales down
    /// before a whole <see cref="ScalingRules.Stabilization"/> was seen.
    /// </summary>
    public static ScalingState Begin(int replicas, DateTimeOffset now) => new() { Asked = [(now, replicas)] };
}
