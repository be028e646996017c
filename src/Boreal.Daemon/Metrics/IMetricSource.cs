namespace Boreal.Daemon.Metrics;

/// <summary>A room's metrics, written when somebody asks.</summary>
internal interface IMetricSource
{
    ValueTask WriteAsync(MetricsText text, CancellationToken cancellationToken);
}
