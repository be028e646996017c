namespace Boreal.Orchestrator.Scaling;

/// <summary>
/// How many replicas a service should have. A pure function of what is configured, remembered and seen: the same inputs, the same
/// answer. Each metric makes a proposal and the highest counts; then windows, rates and limits apply.
/// </summary>
public static class Autoscaler
{
    public static ScalingDecision Decide(AutoscaleSettings settings, ScalingState state, ServiceSample sample, DateTimeOffset now)
    {
        state = Remembered(settings, state, sample, now);
        var reasons = new List<ScalingReason>();
        var proposals = Proposals(settings, sample, ref state, now);
        reasons.AddRange(proposals.Select(proposal => proposal.Reason));

        var asked = Bounded(settings, Highest(proposals, sample, state), reasons);
        state = state with { Asked = state.Asked.Add((now, asked)) };
        var replicas = asked > sample.Desired ? Grown(settings, sample, state, asked, now, reasons)
            : asked < sample.Desired ? Shrunk(settings, sample, state, asked, now, reasons)
            : asked;
        return new(replicas, Changed(settings, sample, state, proposals, replicas, now), reasons)
        {
            Cause = replicas == sample.Desired && reasons.Count > proposals.Count ? reasons[^1].Code : proposals.MaxBy(proposal => proposal.Replicas ?? int.MaxValue)?.Reason.Code ?? "",
            Readings = [.. settings.Metrics.Zip(proposals, (metric, proposal) => new MetricReading(metric, proposal.Value))],
        };
    }

    private static List<Proposal> Proposals(AutoscaleSettings settings, ServiceSample sample, ref ScalingState state, DateTimeOffset now)
    {
        var proposals = new List<Proposal>();
        foreach (var metric in settings.Metrics)
        {
            proposals.Add(metric.Kind switch
            {
                MetricKind.Cpu or MetricKind.Memory => UsageRule.Propose(metric, settings, sample),
                MetricKind.ResponseTime => LatencyRule.Propose(metric, settings, sample, ref state, now),
                _ => LoadRule.Propose(metric, settings, sample, ref state, now),
            });
        }
        return proposals;
    }

    private static int Highest(List<Proposal> proposals, ServiceSample sample, ScalingState state)
    {
        var highest = proposals.Max(proposal => proposal.Replicas ?? 0);
        var holds = state.PanicUntil is not null || proposals.Exists(proposal => proposal.HoldsDown || proposal.Replicas is null);
        return holds ? Math.Max(highest, sample.Desired) : highest;
    }

    private static int Bounded(AutoscaleSettings settings, int asked, List<ScalingReason> reasons)
    {
        if (asked > settings.Max) reasons.Add(new("Max", $"{asked} replicas are asked for, {settings.Max} are the most"));
        if (asked < settings.Min) reasons.Add(new("Min", $"{asked} replicas are asked for, {settings.Min} are the least"));
        return Math.Clamp(asked, settings.Min, settings.Max);
    }

    private static int Grown(AutoscaleSettings settings, ServiceSample sample, ScalingState state, int asked, DateTimeOffset now, List<ScalingReason> reasons)
    {
        // Fewer than the least is put right at once.
        if (sample.Desired < settings.Min) return Math.Max(settings.Min, Math.Min(asked, RateLimit.Up(settings.Up, settings.Min, state, now)));
        if (InCooldown(settings.Up, state, now, change => change > 0)) return Held(sample, reasons, "Cooldown", "the last step up is too recent");
        var steady = state.Asked.Where(past => past.At >= now - settings.Up.Stabilization).Min(past => past.Replicas);
        if (steady <= sample.Desired) return Held(sample, reasons, "Stabilizing", $"more replicas have not been asked for during {settings.Up.Stabilization.TotalSeconds:0} s yet");

        var allowed = Math.Max(RateLimit.Up(settings.Up, sample.Desired, state, now), sample.Desired);
        if (steady > allowed) reasons.Add(new("Rate", $"{steady} replicas are asked for, the policies allow {allowed} now"));
        return Math.Min(steady, allowed);
    }

    private static int Shrunk(AutoscaleSettings settings, ServiceSample sample, ScalingState state, int asked, DateTimeOffset now, List<ScalingReason> reasons)
    {
        if (sample.Desired > settings.Max) return settings.Max;
        if (sample.Updating) return Held(sample, reasons, "Updating", "a rolling update is under way");
        if (InCooldown(settings.Down, state, now, change => change < 0)) return Held(sample, reasons, "Cooldown", "the last step down is too recent");
        var steady = Math.Max(asked, state.Asked.Where(past => past.At >= now - settings.Down.Stabilization).Max(past => past.Replicas));
        if (steady >= sample.Desired) return Held(sample, reasons, "Stabilizing", $"fewer replicas have not been enough during {settings.Down.Stabilization.TotalSeconds:0} s yet");

        var allowed = Math.Min(RateLimit.Down(settings.Down, sample.Desired, state, now), sample.Desired);
        if (steady < allowed) reasons.Add(new("Rate", $"{steady} replicas are enough, the policies allow {allowed} now"));
        return Math.Max(steady, allowed);
    }

    private static int Held(ServiceSample sample, List<ScalingReason> reasons, string code, string text)
    {
        reasons.Add(new(code, text));
        return sample.Desired;
    }

    private static bool InCooldown(ScalingRules rules, ScalingState state, DateTimeOffset now, Predicate<int> direction) =>
        state.Changes.Exists(change => direction(change.By) && change.At > now - rules.Cooldown);

    /// <summary>What still matters of the past, and the traffic of this look. A clock that was set back leaves no future behind, and is a new begin.</summary>
    private static ScalingState Remembered(AutoscaleSettings settings, ScalingState state, ServiceSample sample, DateTimeOffset now)
    {
        var window = Longest(settings.Up.Stabilization, settings.Down.Stabilization);
        var changes = settings.Up.Policies.Concat(settings.Down.Policies).Select(policy => policy.Period)
            .Aggregate(Longest(settings.Up.Cooldown, settings.Down.Cooldown), Longest);
        var traffic = state.Traffic.RemoveAll(past => past.At <= now - LoadRule.StableWindow || past.At > now);
        var calm = state.PanicUntil <= now || state.PanicUntil > now + LoadRule.StableWindow;
        var asked = state.Asked.RemoveAll(past => past.At < now - window || past.At > now);
        if (asked.IsEmpty && state.Asked.Exists(past => past.At > now)) asked = [(now, sample.Desired)];
        return state with
        {
            Asked = asked,
            Changes = state.Changes.RemoveAll(past => past.At < now - changes || past.At > now),
            Traffic = sample.Traffic is { } seen ? traffic.Add((now, seen.InFlight, seen.PerSecond)) : traffic,
            PanicUntil = calm ? null : state.PanicUntil,
            PanicReplicas = calm ? 0 : state.PanicReplicas,
            Trial = state.Trial?.At > now ? null : state.Trial,
            FrozenUntil = state.FrozenUntil > now + settings.Freeze ? null : state.FrozenUntil,
        };
    }

    private static ScalingState Changed(AutoscaleSettings settings, ServiceSample sample, ScalingState state, List<Proposal> proposals, int replicas, DateTimeOffset now)
    {
        if (replicas == sample.Desired) return state;
        state = state with { Changes = state.Changes.Add((now, replicas - sample.Desired)) };
        if (replicas < sample.Desired) return state;

        // Growth that another metric wanted as well says nothing about the response time.
        var metric = settings.Metrics.Zip(proposals).MaxBy(pair => pair.Second.Replicas ?? 0).First;
        return metric.Kind is MetricKind.ResponseTime && sample.Traffic is { } traffic
            ? state with { Trial = new(now, traffic.ResponseTimes[metric.Percentile], replicas) }
            : state;
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
