using Boreal.Api.Apps;
using Boreal.Daemon.Apps;
using Boreal.Orchestrator.Reporting;
using Boreal.Orchestrator.Services;

namespace Boreal.Daemon.Metrics;

/// <summary>Apps: what services are, use, and what happened to them. Nothing as long as there never was one.</summary>
internal sealed class AppMetrics(AppsHost host) : IMetricSource
{
    private static readonly TaskState[] Living = [TaskState.New, TaskState.Pending, TaskState.Assigned, TaskState.Accepted, TaskState.Preparing, TaskState.Ready, TaskState.Starting, TaskState.Running];

    public ValueTask WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        if (host.Find() is not { } verbs)
            return ValueTask.CompletedTask;
        var services = verbs.Figures();
        WriteReplicas(text, services);
        WriteUsage(text, services);
        WriteTallies(text, [.. verbs.Tallies.Counts.OrderBy(count => count.Service, StringComparer.Ordinal)]);
        ScalingMetrics.Write(text, services, verbs.Tallies);
        return ValueTask.CompletedTask;
    }

    private static void WriteReplicas(MetricsText text, IReadOnlyList<ServiceFigures> services)
    {
        text.Gauge("boreal_service_replicas_desired", "Tasks asked for.");
        Each(text, services, service => service.Usage.Counts.Desired);
        text.Gauge("boreal_service_replicas_running", "Tasks that run and, with a health check, are healthy.");
        Each(text, services, service => service.Usage.Counts.Running);
        text.Gauge("boreal_service_replicas_ready", "Tasks that get new connections.");
        Each(text, services, service => service.Usage.Ready);
        text.Gauge("boreal_service_converged", "1: the service is as asked.");
        Each(text, services, service => service.Usage.Converged ? 1 : 0);
        text.Gauge("boreal_service_update_in_progress", "1: an update or a rollback goes on.");
        Each(text, services, service => service.Service.Record.Update is { IsGoingOn: true } ? 1 : 0);
        text.Gauge("boreal_service_tasks", "Tasks that are not over, by state.");
        foreach (var service in services)
        {
            var states = service.Service.Tasks.Values.Where(task => !task.IsOver).CountBy(task => task.Status.State).ToDictionary();
            foreach (var state in Living)
            {
                if (states.TryGetValue(state, out var count))
                    text.Sample(count, ("app", service.Usage.App), ("service", service.Usage.Name), ("state", state.ToString().ToLowerInvariant()));
            }
        }
    }

    private static void WriteUsage(MetricsText text, IReadOnlyList<ServiceFigures> services)
    {
        text.Counter("boreal_task_cpu_seconds_total", "Processor time of a task's container.");
        EachTask(text, services, task => task.CpuTime / 1e9);
        text.Gauge("boreal_task_memory_bytes", "Memory of a task's container, without caches of files.");
        EachTask(text, services, task => task.Memory);
        text.Gauge("boreal_task_memory_limit_bytes", "Memory that a task's container may have; 0: no limit.");
        EachTask(text, services, task => task.MemoryLimit);
    }

    private static void WriteTallies(MetricsText text, IReadOnlyList<(string Service, TallyKind Kind, string Label, long Count)> tallies)
    {
        text.Counter("boreal_service_tasks_made_total", "Tasks made, by why; with cause restart they replace one that ended.");
        EachTally(text, tallies, TallyKind.TaskMade, "cause");
        text.Counter("boreal_service_tasks_ended_total", "Tasks that ended, by the state they ended in.");
        EachTally(text, tallies, TallyKind.TaskEnded, "state");
        text.Counter("boreal_service_updates_total", "Updates, by each state they got into; rollbacks are among them.");
        EachTally(text, tallies, TallyKind.Update, "state");
    }

    private static void Each(MetricsText text, IReadOnlyList<ServiceFigures> services, Func<ServiceFigures, double> value)
    {
        foreach (var service in services)
            text.Sample(value(service), ("app", service.Usage.App), ("service", service.Usage.Name));
    }

    private static void EachTask(MetricsText text, IReadOnlyList<ServiceFigures> services, Func<TaskUsage, double> value)
    {
        foreach (var service in services)
        {
            foreach (var task in service.Usage.Tasks)
                text.Sample(value(task), ("app", service.Usage.App), ("service", service.Usage.Name), ("slot", $"{task.Slot}"), ("task", task.Id));
        }
    }

    private static void EachTally(MetricsText text, IReadOnlyList<(string Service, TallyKind Kind, string Label, long Count)> tallies, TallyKind kind, string label)
    {
        foreach (var tally in tallies.Where(tally => tally.Kind == kind))
        {
            var (app, service) = ServiceLabels.Of(tally.Service);
            text.Sample(tally.Count, ("app", app), ("service", service), (label, tally.Label));
        }
    }
}
