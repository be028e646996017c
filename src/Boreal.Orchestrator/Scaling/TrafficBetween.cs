using Boreal.Orchestrator.Traffic;

namespace Boreal.Orchestrator.Scaling;

/// <summary>What happened between two looks at a service's requests.</summary>
internal static class TrafficBetween
{
    /// <summary>Null when nothing can be said: it is the first look, or the ingress began anew in between.</summary>
    public static TrafficSample? Of(ServiceTraffic? before, ServiceTraffic now, TimeSpan elapsed, AutoscaleSettings settings)
    {
        if (before is null || elapsed <= TimeSpan.Zero || now.Began < before.Began || now.Answered < before.Answered)
            return null;
        var times = now.Times.Since(before.Times);
        var percentiles = settings.Metrics.Where(metric => metric.Kind is MetricKind.ResponseTime).Select(metric => metric.Percentile).Distinct()
            .Select(share => (Share: share, Seconds: times.Percentile(share))).Where(one => one.Seconds is not null)
            .ToDictionary(one => one.Share, one => one.Seconds ?? 0);
        return new TrafficSample(
            Math.Max((now.Busy - before.Busy) / elapsed, 0), (now.Began - before.Began) / elapsed.TotalSeconds,
            now.Answered - before.Answered, now.Failed - before.Failed, percentiles);
    }
}
