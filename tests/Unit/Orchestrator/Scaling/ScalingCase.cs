using Boreal.Orchestrator.Scaling;

namespace Boreal.Tests.Unit.Orchestrator.Scaling;

/// <summary>Settings and samples of tests, and a clock that moves by hand.</summary>
internal static class ScalingCase
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly ScalingMetric Cpu = new(MetricKind.Cpu, 0.6);
    public static readonly ScalingMetric Memory = new(MetricKind.Memory, 0.75);
    public static readonly ScalingMetric Latency = new(MetricKind.ResponseTime, 0.25);
    public static readonly ScalingMetric Concurrency = new(MetricKind.Concurrency, 10);
    public static readonly ScalingMetric Queue = new(MetricKind.Custom, 100) { Url = "http://queue/metrics", Name = "waiting" };

    /// <summary>Without windows and rates, so that one decision shows what the metrics ask for.</summary>
    public static AutoscaleSettings Plain(params ScalingMetric[] metrics) => new(1, 100, metrics)
    {
        Up = new(),
        Down = new(),
        Warmup = TimeSpan.FromSeconds(20),
    };

    public static ServiceSample Replicas(int count, double? cpu = null, double? memory = null) =>
        new(count, [.. Enumerable.Range(0, count).Select(_ => Replica(cpu, memory))]);

    public static ReplicaSample Replica(double? cpu, double? memory = null, int age = 300, bool ready = true) =>
        new(TimeSpan.FromSeconds(age), ready, cpu, memory);

    public static TrafficSample Traffic(double seconds, double inFlight = 100, long answered = 1000, long failed = 0) =>
        new(inFlight, answered / 5.0, answered, failed, new Dictionary<double, double> { [0.95] = seconds });

    public static int Decide(AutoscaleSettings settings, ServiceSample sample) =>
        Autoscaler.Decide(settings, new ScalingState(), sample, Start).Replicas;
}
