using System.Collections.Concurrent;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Health;

/// <summary>One loop per running container with a health check: wait, probe, record, announce a change.</summary>
internal sealed partial class HealthMonitor(
    ContainerRegistry registry, HealthProber prober, NetworkSandboxes networks, ContainerEvents events, TimeProvider time, ILogger<HealthMonitor> logger)
{
    private readonly ConcurrentDictionary<ContainerId, CancellationTokenSource> _loops = new();

    public static HealthStatus? InitialStatus(HealthSpec? spec) => HealthPolicy.IsEnabled(spec) ? HealthStatus.Starting : null;

    /// <summary>The container runs. The caller holds the claim.</summary>
    public void Start(Container container)
    {
        if (container.Spec.Health is not { } spec || !HealthPolicy.IsEnabled(spec))
            return;
        var stop = new CancellationTokenSource();
        if (_loops.TryAdd(container.Id, stop))
            container.Life.HealthLoop = RunAsync(container, spec, stop.Token);
    }

    /// <summary>The container ended. Does not wait for a probe under way: that one finds out by itself.</summary>
    public void Stop(Container container)
    {
        if (_loops.TryRemove(container.Id, out var stop))
            stop.Cancel();
    }

    private async Task RunAsync(Container container, HealthSpec spec, CancellationToken stopped)
    {
        try
        {
            while (true)
            {
                var status = container.Status;
                var sinceStart = time.GetUtcNow() - (status.StartedAt ?? time.GetUtcNow());
                await Task.Delay(HealthPolicy.NextDelay(spec, status.Health?.State ?? HealthState.Starting, sinceStart), time, stopped);
                if (container.Status.State is ContainerState.Paused)
                    continue;
                var probe = await prober.ProbeAsync(container, spec, stopped);
                await RecordAsync(container, spec, probe, stopped);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The container ended, and the loop with it.
        }
        catch (Exception exception)
        {
            Log.LoopFailed(logger, container.Id.Short, exception);
        }
    }

    private async Task RecordAsync(Container container, HealthSpec spec, HealthProbe probe, CancellationToken stopped)
    {
        using var claim = await container.ClaimAsync(stopped);
        stopped.ThrowIfCancellationRequested();
        var status = container.Status;
        var before = status.Health ?? HealthStatus.Starting;
        var after = HealthPolicy.Apply(spec, before, probe, status.StartedAt ?? probe.Start);
        registry.Update(container, status with { Health = after });
        networks.SetHealthy(container.Id, after.State is HealthState.Healthy);
        if (after.State != before.State)
            events.Publish(container, $"health_status: {after.State.ToString().ToLowerInvariant()}");
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Error, "health checks of container {Container} ended; restart the container to resume them")]
        public static partial void LoopFailed(ILogger logger, string container, Exception exception);
    }
}
