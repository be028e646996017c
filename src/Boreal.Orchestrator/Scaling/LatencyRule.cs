namespace Boreal.Orchestrator.Scaling;

/// <summary>
/// The response time: it asks for more replicas only, step by step, and looks whether a step helped. It is no measure of load: it
/// hardly moves until a service is full, and a slow database raises it as well.
/// </summary>
internal static class LatencyRule
{
    /// <summary>A step that shortens the response time by less did not help.</summary>
    private const double Effect = 0.1;

    /// <summary>With fewer requests in flight per replica none waits for another: it is not load that makes them slow.</summary>
    private const double Queueing = 0.5;

    /// <summary>Replicas that are not ready after so many warm-ups are not waited for.</summary>
    private const int Patience = 3;

    internal static Proposal Propose(ScalingMetric metric, AutoscaleSettings settings, ServiceSample sample, ref ScalingState state, DateTimeOffset now)
    {
        if (sample.Traffic is not { } traffic) return new(null, new("MetricMissing", $"{metric.Label} is not known: no http port or route leads to the service"));
        if (traffic.Answered < metric.MinSamples || !traffic.ResponseTimes.TryGetValue(metric.Percentile, out var seconds))
            return new(0, new("FewRequests", $"{metric.Label} is not judged: {traffic.Answered} requests, {metric.MinSamples} are needed"));
        if (traffic.ErrorRate > metric.MaxErrorRate)
            return new(0, new("Errors", $"{metric.Label} is not judged: {traffic.ErrorRate:P0} of the requests failed"), HoldsDown: true);

        state = Judged(metric, settings, sample, state, seconds, now);
        var seen = $"{metric.Label} is {Milliseconds(seconds)}, its target {Milliseconds(metric.Target)}";
        if (state.FrozenUntil is not null) return new(0, new("LatencyNotResponsive", $"{seen}; more replicas did not help")) { Value = seconds };
        if (seconds <= metric.Target * (1 + settings.Up.Tolerance))
            return new(0, new("ResponseTime", seen), HoldsDown: seconds >= metric.Target * (1 - settings.Down.Tolerance)) { Value = seconds };
        if (traffic.InFlight < Queueing * Math.Max(sample.Ready, 1))
            return new(0, new("NotQueueing", $"{seen}; but no request waits for another"), HoldsDown: true) { Value = seconds };
        if (state.Trial is not null) return new(0, new("AwaitingEffect", $"{seen}; the last step up is still to be judged"), HoldsDown: true) { Value = seconds };

        var step = Math.Clamp(UsageRule.Rounded(sample.Desired * ((seconds / metric.Target) - 1)), 1, Math.Max(sample.Desired, 1));
        return new(sample.Desired + step, new("ResponseTime", seen), HoldsDown: true) { Value = seconds };
    }

    /// <summary>Ends a freeze that is over and a trial that can be judged.</summary>
    private static ScalingState Judged(ScalingMetric metric, AutoscaleSettings settings, ServiceSample sample, ScalingState state, double seconds, DateTimeOffset now)
    {
        if (state.FrozenUntil <= now) state = state with { FrozenUntil = null };
        if (state.Trial is not { } trial || now < trial.At + settings.Warmup) return state;
        if (sample.Ready < trial.Replicas && now < trial.At + (Patience * settings.Warmup)) return state;

        var helped = seconds <= metric.Target || seconds <= trial.Seconds * (1 - Effect);
        return state with { Trial = null, FrozenUntil = helped ? null : now + settings.Freeze };
    }

    private static string Milliseconds(double seconds) => $"{seconds * 1000:0} ms";
}
