using Boreal.Daemon.Http;

namespace Boreal.Daemon.Metrics;

/// <summary>Requests to the API.</summary>
internal sealed class RequestMetrics(RequestTally tally) : IMetricSource
{
    public ValueTask WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        text.Gauge("boreal_api_requests_in_flight", "Requests that are being served, this one too.");
        text.Sample(tally.InFlight);
        text.Counter("boreal_api_requests_total", "Requests that were answered, by method, path template and status. Empty: no route fits.");
        foreach (var (kind, status, count) in tally.Counts.OrderBy(entry => entry.Kind.Template, StringComparer.Ordinal))
            text.Sample(count, ("method", kind.Method), ("path", kind.Template), ("code", $"{status}"));
        text.Histogram("boreal_api_request_duration_seconds", "From a request's head to the end of its answer; streams last as long as their clients stay.");
        foreach (var (kind, durations) in tally.Durations.OrderBy(entry => entry.Kind.Template, StringComparer.Ordinal))
            text.Sample(durations, ("method", kind.Method), ("path", kind.Template));
        return ValueTask.CompletedTask;
    }
}
