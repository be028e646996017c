using Boreal.Daemon.Apps;
using Boreal.Engine.Networks.Balancing;

namespace Boreal.Daemon.Metrics;

/// <summary>Connections that the kernel spreads over the tasks of services.</summary>
internal sealed class BalancerMetrics(AppsHost host, Func<ServiceBalancer> balancer) : IMetricSource
{
    public async ValueTask WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        if (host.Find() is null)
            return;
        text.Gauge("boreal_service_connections", "Connections that clients have to a service by its ports and virtual addresses.");
        foreach (var (id, count) in (await balancer().CountConnectionsAsync(cancellationToken)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var (app, service) = ServiceLabels.Of(id);
            text.Sample(count, ("app", app), ("service", service));
        }
    }
}
