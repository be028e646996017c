using Boreal.Engine.Containers;
using Boreal.Engine.Events;
using Boreal.Engine.Health;
using Boreal.Engine.Images;
using Boreal.Engine.Measuring;
using Boreal.Engine.Networks;
using Boreal.Engine.Volumes;

namespace Boreal.Daemon.Metrics;

/// <summary>What the engine has, does and tells.</summary>
internal sealed class EngineMetrics(ContainerRegistry containers, ImageStore images, NetworkRegistry networks, VolumeStore volumes, EventLog events, EngineWork work) : IMetricSource
{
    public ValueTask WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        WriteContainers(text);
        text.Gauge("boreal_images", "Images on this machine.");
        text.Sample(images.List().Count);
        text.Gauge("boreal_networks", "Networks.");
        text.Sample(networks.List().Count);
        text.Gauge("boreal_volumes", "Volumes.");
        text.Sample(volumes.List().Count());
        WriteWork(text);
        text.Counter("boreal_events_total", "Events since the engine started, as the events API tells them.");
        foreach (var (kind, count) in events.Counts)
            text.Sample(count, ("type", kind.Type), ("action", kind.Action));
        return ValueTask.CompletedTask;
    }

    private void WriteContainers(MetricsText text)
    {
        var all = containers.List();
        text.Gauge("boreal_containers", "Containers by state.");
        foreach (var state in Enum.GetValues<ContainerState>())
            text.Sample(all.Count(container => container.Status.State == state), ("state", state.ToString().ToLowerInvariant()));
        text.Gauge("boreal_containers_health", "Running containers that have health checks, by what those say.");
        foreach (var state in (HealthState[])[HealthState.Starting, HealthState.Healthy, HealthState.Unhealthy])
            text.Sample(all.Count(container => container.Status is { HasProcess: true, Health: { } health } && health.State == state), ("health", state.ToString().ToLowerInvariant()));
    }

    private void WriteWork(MetricsText text)
    {
        var tallies = work.Tallies.OrderBy(tally => tally.Key, StringComparer.Ordinal).ToList();
        text.Histogram("boreal_engine_work_duration_seconds", "How long the engine's work took, by kind; also work that failed.");
        foreach (var (kind, tally) in tallies)
            text.Sample(tally.Durations.Read(), ("work", kind));
        text.Counter("boreal_engine_work_failures_total", "The engine's work that failed, by kind.");
        foreach (var (kind, tally) in tallies)
            text.Sample(tally.Failures, ("work", kind));
    }
}
