namespace Boreal.Orchestrator.Scaling;

/// <summary>
/// Concurrency, requests and custom metrics: the load shared out, so much per replica. Traffic is averaged over a stable window; when
/// a short one asks for twice what is there, the service is in panic: it follows the short one, and does not shrink
/// until that was calm for a whole stable window, as Knative's autoscaler does.
/// </summary>
internal static class LoadRule
{
    private const double PanicAt = 2;
    private static readonly TimeSpan PanicWindow = TimeSpan.FromSeconds(6);

    internal static readonly TimeSpan StableWindow = TimeSpan.FromSeconds(60);

    internal static Proposal Propose(ScalingMetric metric, AutoscaleSettings settings, ServiceSample sample, ref ScalingState state, DateTimeOffset now)
    {
        if (metric.Kind is MetricKind.Custom)
        {
            return sample.Custom.TryGetValue((metric.Url, metric.Name), out var value)
                ? Shared(metric, settings, sample, value)
                : new(null, new("MetricMissing", $"{metric.Label} cannot be read from {metric.Url}"));
        }

        if (sample.Traffic is null) return new(null, new("MetricMissing", $"{metric.Label} is not known: no http port or route leads to the service"));
        var stable = Shared(metric, settings, sample, Average(metric, state, now - StableWindow));
        var sudden = UsageRule.Rounded(Average(metric, state, now - PanicWindow) / metric.Target);
        if (sudden >= PanicAt * Math.Max(sample.Ready, 1)) state = state with { PanicUntil = now + StableWindow };
        if (state.PanicUntil is null) return stable;

        state = state with { PanicReplicas = Math.Max(state.PanicReplicas, sudden) };
        return state.PanicReplicas > stable.Replicas
            ? new(state.PanicReplicas, new("Panic", $"{metric.Label} rose to what {state.PanicReplicas} replicas carry within {PanicWindow.TotalSeconds:0} s")) { Value = stable.Value }
            : stable;
    }

    private static Proposal Shared(ScalingMetric metric, AutoscaleSettings settings, ServiceSample sample, double load)
    {
        var ratio = load / metric.Target / Math.Max(sample.Desired, 1);
        var replicas = UsageRule.Tolerated(ratio, settings) ? sample.Desired : UsageRule.Rounded(load / metric.Target);
        return new(replicas, new(metric.Kind.ToString(), $"{metric.Label} is {load:0.##} in all, its target {metric.Target:0.##} a replica")) { Value = load / Math.Max(sample.Desired, 1) };
    }

    private static double Average(ScalingMetric metric, ScalingState state, DateTimeOffset since)
    {
        var recent = state.Traffic.FindAll(seen => seen.At > since);
        return recent.IsEmpty ? 0 : recent.Average(seen => metric.Kind is MetricKind.Concurrency ? seen.InFlight : seen.PerSecond);
    }
}
