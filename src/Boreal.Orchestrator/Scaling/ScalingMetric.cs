namespace Boreal.Orchestrator.Scaling;

/// <summary>One thing a service is scaled by.</summary>
/// <param name="Kind">What is looked at.</param>
/// <param name="Target">
/// What it should be: a share (0.6) for CPU and memory, seconds for the response time, a number per replica for the others.
/// </param>
public sealed record ScalingMetric(MetricKind Kind, double Target)
{
    /// <summary>Of the response time, between 0 and 1.</summary>
    public double Percentile { get; init; } = 0.95;

    /// <summary>Fewer requests than this since the last look say nothing about the response time.</summary>
    public int MinSamples { get; init; } = 20;

    /// <summary>Above this share of failed requests the response time is not believed: errors are fast.</summary>
    public double MaxErrorRate { get; init; } = 0.05;

    /// <summary>Where a custom metric is asked for, by HTTP; empty for the others.</summary>
    public string Url { get; init; } = "";

    /// <summary>Which number of the answer: the name of a Prometheus sample; empty when the answer is the number.</summary>
    public string Name { get; init; } = "";

    /// <summary>As people read it in reasons.</summary>
    public string Label => Kind switch
    {
        MetricKind.Cpu => "cpu",
        MetricKind.Memory => "memory",
        MetricKind.ResponseTime => $"p{Percentile * 100:0.#} response time",
        MetricKind.Concurrency => "concurrency",
        MetricKind.Requests => "requests",
        _ => Name.Length > 0 ? Name : "custom metric",
    };
}
