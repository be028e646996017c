using Boreal.Daemon.Apps;
using Boreal.Engine.Measuring;
using Boreal.Orchestrator.Traffic;

namespace Boreal.Daemon.Metrics;

/// <summary>Requests to services, as the ingress sees them. Nothing as long as no service speaks HTTP.</summary>
internal sealed class IngressMetrics(AppsHost host, IngressHost ingress) : IMetricSource
{
    public ValueTask WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        if (host.Find() is { } verbs && ingress.Find() is { } running)
            Write(text, [.. verbs.Services.Select(running.TrafficOf).OfType<ServiceTraffic>()]);
        return ValueTask.CompletedTask;
    }

    private static void Write(MetricsText text, IReadOnlyList<ServiceTraffic> services)
    {
        text.Counter("boreal_ingress_requests_total", "Requests that came for a service.");
        Each(text, services, traffic => traffic.Began);
        text.Gauge("boreal_ingress_requests_in_flight", "Requests under way, open WebSockets among them.");
        Each(text, services, traffic => traffic.InFlight);
        text.Counter("boreal_ingress_responses_total", "Answers by class of status, those of the ingress itself included.");
        foreach (var traffic in services)
        {
            var (app, service) = ServiceLabels.Of(traffic.Service);
            for (var first = 1; first <= traffic.Answers.Length; first++)
                text.Sample(traffic.Answers[first - 1], ("app", app), ("service", service), ("code", $"{first}xx"));
        }
        text.Counter("boreal_ingress_requests_abandoned_total", "Requests whose client went away before the answer began.");
        Each(text, services, traffic => traffic.Abandoned);
        text.Counter("boreal_ingress_retries_total", "Requests tried on another task because one could not be reached.");
        Each(text, services, traffic => traffic.Retried);
        text.Histogram("boreal_ingress_response_time_seconds", "From a request's begin to that of its answer.");
        foreach (var traffic in services)
        {
            var (app, service) = ServiceLabels.Of(traffic.Service);
            text.Sample(Read(traffic.Times), ("app", app), ("service", service));
        }
    }

    private static HistogramReading Read(ResponseTimes times) =>
        new([.. Histogram.Durations.Select(bound => (bound, times.CountWithin(bound)))], times.Count, times.Sum.TotalSeconds);

    private static void Each(MetricsText text, IReadOnlyList<ServiceTraffic> services, Func<ServiceTraffic, double> value)
    {
        foreach (var traffic in services)
        {
            var (app, service) = ServiceLabels.Of(traffic.Service);
            text.Sample(value(traffic), ("app", app), ("service", service));
        }
    }
}
