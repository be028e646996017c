using Boreal.Api.Containers;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Traffic;

namespace Boreal.Orchestrator.Scaling;

/// <summary>Sees what a decision needs: usage from the node, requests or at least connections from the balancer, numbers that others tell.</summary>
internal sealed class SignalReader(AppsView view, INode node, IBalancer balancer, TimeProvider time) : IDisposable
{
    private const double NanoCpus = 1e9;

    private readonly CustomMetrics _custom = new(view, node);

    public async Task<(ServiceSample Sample, IReadOnlyDictionary<string, ContainerUsage> Usage, ServiceTraffic? Traffic)> ReadAsync(
        ServiceView service, AutoscaleSettings settings, ScalingLook? last, CancellationToken cancellationToken)
    {
        TaskView[] tasks = [.. service.Tasks.Values.Where(task => task.IsLive)];
        var usage = new Dictionary<string, ContainerUsage>(StringComparer.Ordinal);
        foreach (var id in tasks.Select(task => task.Status.ContainerId).Where(id => id.Length > 0))
        {
            if (node.Measure(id) is { } measured)
                usage[id] = measured;
        }

        var (now, traffic) = (time.GetUtcNow(), balancer.TrafficOf(service.Id));
        var sample = new ServiceSample(service.Spec.Replicas, [.. tasks.Select(task => Replica(service, task, usage, last, now))])
        {
            Updating = service.Record.Update is { IsGoingOn: true },
            Traffic = !settings.Metrics.Any(metric => metric.Kind is MetricKind.Concurrency or MetricKind.Requests or MetricKind.ResponseTime) ? null
                : traffic is null ? await ConnectionsAsync(service, tasks, cancellationToken)
                : TrafficBetween.Of(last?.Traffic, traffic, last is null ? TimeSpan.Zero : now - last.At, settings),
            Custom = await _custom.ReadAsync(service.App, settings, cancellationToken),
        };
        return (sample, usage, traffic);
    }

    public void Dispose() => _custom.Dispose();

    private static ReplicaSample Replica(ServiceView service, TaskView task, Dictionary<string, ContainerUsage> usage, ScalingLook? last, DateTimeOffset now)
    {
        var isReady = task is { IsRunning: true, Status: { IsUnhealthy: false, DrainingSince: null } };
        var age = task.Status.RunningAt is { } since ? now - since : TimeSpan.Zero;
        if (usage.GetValueOrDefault(task.Status.ContainerId) is not { } used)
            return new(age, isReady, null, null);

        var host = service.SpecOf(task).Template.HostConfig;
        var elapsed = last is null ? TimeSpan.Zero : now - last.At;
        double? cpu = elapsed > TimeSpan.Zero && last?.Usage.GetValueOrDefault(task.Status.ContainerId) is { } before && used.CpuNanoseconds >= before.CpuNanoseconds
            ? (used.CpuNanoseconds - before.CpuNanoseconds) / elapsed.TotalNanoseconds / Cpus(host)
            : null;
        double? memory = host?.Memory is > 0 and var limit ? (double)used.MemoryBytes / limit : null;
        return new(age, isReady, cpu, memory);
    }

    /// <summary>Processors a replica may use: its limit, else one.</summary>
    private static double Cpus(HostConfig? host) => host switch
    {
        { NanoCpus: > 0 and var nano } => nano / NanoCpus,
        { CpuQuota: > 0 and var quota, CpuPeriod: > 0 and var period } => (double)quota / period,
        _ => 1,
    };

    /// <summary>Where nobody looks into requests, a connection counts as one.</summary>
    private async Task<TrafficSample> ConnectionsAsync(ServiceView service, TaskView[] tasks, CancellationToken cancellationToken)
    {
        var inFlight = 0;
        foreach (var task in tasks.Where(task => task.IsRunning))
            inFlight += await balancer.CountInFlightAsync(service.Id, task.Task.Id, cancellationToken);
        return new(inFlight, 0, 0, 0, new Dictionary<double, double>());
    }
}
