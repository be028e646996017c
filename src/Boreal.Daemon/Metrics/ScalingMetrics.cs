using Boreal.Orchestrator.Reporting;
using Boreal.Orchestrator.Services;

namespace Boreal.Daemon.Metrics;

/// <summary>The autoscaler: what it sees, and what it decides.</summary>
internal static class ScalingMetrics
{
    public static void Write(MetricsText text, IReadOnlyList<ServiceFigures> services, ServiceTallies tallies)
    {
        var scaled = services.Where(service => service.Service.Spec.Autoscale is not null).ToList();
        text.Gauge("boreal_autoscaler_paused", "1: a person has paused it.");
        foreach (var service in scaled)
            text.Sample(service.Service.Record.IsScalingPaused ? 1 : 0, ("app", service.Usage.App), ("service", service.Usage.Name));
        WriteLimits(text, scaled);
        text.Gauge("boreal_autoscaler_metric_value", "What was seen last, in the unit of its target.");
        WriteReadings(text, scaled, reading => reading.Value);
        text.Gauge("boreal_autoscaler_metric_target", "What it should be: a share for CPU and memory, seconds for response times, else a number per replica.");
        WriteReadings(text, scaled, reading => reading.Metric.Target);
        text.Counter("boreal_autoscaler_decisions_total", "Decisions, by direction (up, down or none) and reason.");
        foreach (var (id, _, label, count) in tallies.Counts.Where(count => count.Kind is TallyKind.Scaling).OrderBy(count => count.Service, StringComparer.Ordinal))
        {
            var (app, service) = ServiceLabels.Of(id);
            var (direction, reason) = ServiceLabels.Of(label);
            text.Sample(count, ("app", app), ("service", service), ("direction", direction), ("reason", reason));
        }
    }

    private static void WriteLimits(MetricsText text, IReadOnlyList<ServiceFigures> scaled)
    {
        text.Gauge("boreal_autoscaler_replicas_min", "The fewest replicas that it may ask for.");
        foreach (var service in scaled.Where(service => service.Settings is not null))
            text.Sample(service.Settings?.Min ?? 0, ("app", service.Usage.App), ("service", service.Usage.Name));
        text.Gauge("boreal_autoscaler_replicas_max", "The most replicas that it may ask for.");
        foreach (var service in scaled.Where(service => service.Settings is not null))
            text.Sample(service.Settings?.Max ?? 0, ("app", service.Usage.App), ("service", service.Usage.Name));
    }

    private static void WriteReadings(MetricsText text, IReadOnlyList<ServiceFigures> scaled, Func<Orchestrator.Scaling.MetricReading, double?> value)
    {
        foreach (var service in scaled)
        {
            // A metric asked for twice is one sample: the first.
            foreach (var reading in service.Readings.DistinctBy(reading => reading.Metric.Label))
            {
                if (value(reading) is { } known)
                    text.Sample(known, ("app", service.Usage.App), ("service", service.Usage.Name), ("metric", reading.Metric.Label));
            }
        }
    }
}
