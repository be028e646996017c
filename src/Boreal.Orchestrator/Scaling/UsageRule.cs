namespace Boreal.Orchestrator.Scaling;

/// <summary>
/// CPU and memory: replicas in proportion to usage, as Kubernetes' horizontal pod autoscaler counts them. A replica that cannot be
/// judged counts as idle when the others ask for more and as full when they ask for less; when that changes the direction,
/// nothing happens.
/// </summary>
internal static class UsageRule
{
    private const double Full = 1;

    internal static Proposal Propose(ScalingMetric metric, AutoscaleSettings settings, ServiceSample sample)
    {
        var known = sample.Replicas.Select(replica => Value(metric, settings, replica)).OfType<double>().ToArray();
        if (known.Length is 0) return new(null, new("MetricMissing", $"{metric.Label} is not known of any replica"));

        var unknown = sample.Replicas.Count - known.Length;
        var usage = known.Average();
        var (replicas, assumed) = Proportional(metric.Target, settings, sample, known, unknown);
        var text = $"{metric.Label} is {usage:P0} of {known.Length} {(known.Length is 1 ? "replica" : "replicas")}, its target {metric.Target:P0}{(assumed ? $"; {unknown} not judged" : "")}";
        return metric.Kind is MetricKind.Memory && replicas < sample.Desired
            ? new(0, new("Memory", text)) { Value = usage }
            : new(replicas, new(metric.Kind is MetricKind.Cpu ? "Cpu" : "Memory", text)) { Value = usage };
    }

    private static (int Replicas, bool Assumed) Proportional(double target, AutoscaleSettings settings, ServiceSample sample, double[] known, int unknown)
    {
        var ratio = known.Average() / target;
        if (Tolerated(ratio, settings)) return (sample.Desired, false);
        if (unknown is 0) return (Rounded(ratio * known.Length), false);

        var assumed = (known.Sum() + (ratio > 1 ? 0 : unknown * Full)) / sample.Replicas.Count / target;
        return Tolerated(assumed, settings) || assumed > 1 != ratio > 1
            ? (sample.Desired, true)
            : (Rounded(assumed * sample.Replicas.Count), true);
    }

    /// <summary>Replicas for a load: a hair above a whole number, which is what sums of shares leave, is that number.</summary>
    internal static int Rounded(double replicas) => (int)Math.Min(Math.Ceiling(replicas - 1e-6), int.MaxValue);

    internal static bool Tolerated(double ratio, AutoscaleSettings settings) =>
        ratio <= 1 + settings.Up.Tolerance && ratio >= 1 - settings.Down.Tolerance;

    private static double? Value(ScalingMetric metric, AutoscaleSettings settings, ReplicaSample replica) => metric.Kind switch
    {
        _ when !replica.Ready => null,
        // Starting costs processor time that serving does not.
        MetricKind.Cpu => replica.Age < settings.Warmup ? null : replica.Cpu,
        _ => replica.Memory,
    };
}
