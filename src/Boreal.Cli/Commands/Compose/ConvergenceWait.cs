using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Waits until services have what was asked, or can't get it.</summary>
/// <param name="context">The command's.</param>
/// <param name="project">The project's name.</param>
/// <param name="services">The services that count.</param>
internal sealed class ConvergenceWait(CliContext context, string project, IReadOnlyCollection<string> services)
{
    private readonly Dictionary<string, ServiceInspect> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _endedBefore = new(StringComparer.Ordinal);

    /// <summary>Waits until all is as asked (<c>--wait</c>), and a task that ended wrongly is an error; else only until all was started.</summary>
    public bool IsStrict { get; init; }

    /// <summary>What must hold of a service beyond that it was started, as <c>depends_on</c> has it.</summary>
    public IReadOnlyDictionary<string, string> Conditions { get; init; } = new Dictionary<string, string>();

    /// <summary>Null tells nothing.</summary>
    public ContainerTale? Tale { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (services.Count is 0) return;
        await foreach (var service in context.Client.Apps.WatchAsync(project, cancellationToken))
        {
            _seen[service.Name] = service;
            _endedBefore.TryAdd(service.Name, [.. service.Tasks.Where(task => task.State >= TaskState.Complete).Select(task => task.Id)]);
            if (Tale is not null && services.Contains(service.Name)) await TellAsync(Tale, service);
            Check(service);
            // What one waits for is told by the other's news.
            foreach (var waiting in _seen.Values.Where(other => services.Contains(other.Name) && other.Counts.Running is 0).SelectMany(other => other.Spec.DependsOn)) CheckDependency(waiting);
            if (services.All(IsDone)) return;
        }
    }

    private async Task TellAsync(ContainerTale tale, ServiceInspect service)
    {
        await tale.TellAsync(service);
        if (!IsStrict && !Conditions.ContainsKey(service.Name)) return;
        foreach (var task in service.Tasks.Where(task => task is { Desired: < TaskState.Shutdown, State: >= TaskState.Starting, ContainerName.Length: > 0 }))
        {
            await tale.OnceAsync(ContainerTale.FinalName(task.ContainerName), "Waiting");
            if (task.State is not TaskState.Starting) await tale.OnceAsync(ContainerTale.FinalName(task.ContainerName), task.State is TaskState.Running ? "Healthy" : "Exited");
        }
    }

    private void Check(ServiceInspect service)
    {
        if (!services.Contains(service.Name)) return;
        var isOfThisWish = service.Update is { } asked && asked.StartedAt >= service.UpdatedAt;
        if (service.Update is { State: "paused" or "rollback_paused" } paused) throw new CommandFailedException($"the update of service {service.Name} is paused: {paused.Message}");
        if (isOfThisWish && service.Update is { State: "rollback_completed" } undone) throw new CommandFailedException($"service {service.Name} runs as before, its update failed: {undone.Message}");
        if (service.Counts.Failed > 0 && NeverRan(service) is { } stillborn) throw new CommandFailedException($"service {service.Name}: {stillborn.Why}");
        if (IsStrict && (service.Counts.Failed > 0 || IsSick(service))) throw new CommandFailedException(Failure(service));
        if (Conditions.TryGetValue(service.Name, out var condition)) CheckDependency(new ServiceDependency { Service = service.Name, Condition = condition });
    }

    private void CheckDependency(ServiceDependency dependency)
    {
        if (!IsLost(dependency)) return;
        var other = _seen[dependency.Service];
        throw new CommandFailedException(dependency.Condition is "service_completed_successfully"
            ? $"service \"{other.Name}\" didn't complete successfully: exit {other.Tasks.FirstOrDefault(task => task.ExitCode is > 0)?.ExitCode ?? 1}"
            : $"dependency failed to start: {Failure(other)}");
    }

    private static string Failure(ServiceInspect service)
    {
        var task = service.Tasks.FirstOrDefault(task => task.Desired < TaskState.Remove && (task.State >= TaskState.Complete || IsSick(task)));
        if (task is null) return $"service {service.Name} failed: {Reason(service)}";
        return IsSick(task) ? $"container {task.ContainerName} is unhealthy" : task.ExitCode is { } code ? $"container {task.ContainerName} exited ({code})" : $"service {service.Name}: {task.Why}";
    }

    /// <summary>Unhealthy, and nobody is going to replace it.</summary>
    private static bool IsSick(ServiceInspect service) => service.Spec.Restart.Condition is "none" && service.Tasks.Any(IsSick);

    private static bool IsSick(TaskSummary task) => task is { Desired: < TaskState.Shutdown, State: TaskState.Starting or TaskState.Running } && task.Why.StartsWith("is unhealthy", StringComparison.Ordinal);

    private static TaskSummary? NeverRan(ServiceInspect service) =>
        service.Tasks.FirstOrDefault(task => task.Revision == service.Revision && task.Desired < TaskState.Remove && (task.State is TaskState.Rejected || task is { State: TaskState.Failed, ExitCode: null, ContainerId.Length: > 0 }));

    /// <summary>A dependency that has ended without becoming what is waited for.</summary>
    private bool IsLost(ServiceDependency dependency) =>
        dependency.Required && dependency.Condition is not "service_started" && _seen.TryGetValue(dependency.Service, out var other) && other.Counts.Desired > 0
        && (other.Counts.Failed >= other.Counts.Desired || dependency.Condition is "service_healthy" && IsSick(other) && other.Counts.Running is 0 || dependency.Condition is "service_healthy" && other.Counts.Completed >= other.Counts.Desired);

    private bool IsDone(string name)
    {
        if (!_seen.TryGetValue(name, out var service)) return false;
        return Conditions.GetValueOrDefault(name) switch
        {
            "service_healthy" => service.Counts.Running > 0,
            "service_completed_successfully" => service.Counts.Completed >= service.Counts.Desired,
            _ => service.Converged || service.Gone || !IsStrict && IsStarted(service),
        };
    }

    /// <summary>Every slot has a task of the newest revision that was started, however it fares since, and what they replace is gone.</summary>
    private bool IsStarted(ServiceInspect service)
    {
        if (service.Spec.Stopped || service.Removing || service.Update is { State: "updating" or "rollback_started" }) return false;
        if (!service.Tasks.All(task => task.Desired < TaskState.Remove || task.ContainerId.Length is 0)) return false;
        var newest = service.Tasks.Where(task => task.Revision == service.Revision && task.State >= TaskState.Starting).ToList();
        var live = newest.Where(task => task is { Desired: < TaskState.Shutdown, State: < TaskState.Complete }).Select(task => task.Slot).Distinct().Count();
        var seen = newest.Where(task => task.State is not (TaskState.Shutdown or TaskState.Rejected) && !_endedBefore[service.Name].Contains(task.Id)).Select(task => task.Slot).Distinct().Count();
        var slots = service.Tasks.Where(task => task.Desired < TaskState.Remove || task.ContainerId.Length > 0).Select(task => task.Slot).Distinct().Count();
        return Math.Max(seen, live + service.Counts.Completed + service.Counts.Failed) >= service.Counts.Desired && slots <= service.Counts.Desired;
    }

    private static string Reason(ServiceInspect service) => service.Tasks.FirstOrDefault(task => task.Why.Length > 0)?.Why ?? "see its logs";
}
