namespace Boreal.Orchestrator.Scaling;

/// <summary>What the policies of a direction allow, counted as Kubernetes does: from the replicas at the begin of each period.</summary>
internal static class RateLimit
{
    internal static int Up(ScalingRules rules, int replicas, ScalingState state, DateTimeOffset now) =>
        rules.Policies.Count is 0 ? int.MaxValue : rules.Policies.Max(policy =>
        {
            var before = Before(policy, replicas, state, now);
            return Math.Max(before + policy.Replicas, (int)Math.Ceiling(before * (1 + (policy.Percent / 100.0))));
        });

    internal static int Down(ScalingRules rules, int replicas, ScalingState state, DateTimeOffset now) =>
        rules.Policies.Count is 0 ? 0 : rules.Policies.Min(policy =>
        {
            var before = Before(policy, replicas, state, now);
            return Math.Min(before - policy.Replicas, (int)Math.Ceiling(before * (1 - (policy.Percent / 100.0))));
        });

    private static int Before(ScalingPolicy policy, int replicas, ScalingState state, DateTimeOffset now) =>
        replicas - state.Changes.Where(change => change.At > now - policy.Period).Sum(change => change.By);
}
