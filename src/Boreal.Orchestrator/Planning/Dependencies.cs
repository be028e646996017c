using Boreal.Api.Apps;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Planning;

/// <summary>What a service waits for in others, at each start of a task.</summary>
internal static class Dependencies
{
    /// <summary>What does not hold yet, in words; empty when a task may start.</summary>
    public static IReadOnlyList<string> Unmet(ServiceSpec spec, Func<string, ServiceView?> find) =>
        [.. spec.DependsOn.Select(dependency => Unmet(dependency, find(dependency.Service))).OfType<string>()];

    /// <summary>The revisions of the services whose updates replace this one's tasks.</summary>
    public static IReadOnlyDictionary<string, long> Stamps(ServiceSpec spec, Func<string, ServiceView?> find)
    {
        var stamps = new Dictionary<string, long>();
        foreach (var dependency in spec.DependsOn.Where(dependency => dependency.Restart))
        {
            if (find(dependency.Service) is { Record.Update: not { IsGoingOn: true } } other)
                stamps[dependency.Service] = other.Record.Revision;
        }
        return stamps;
    }

    /// <summary>A service it must follow that has been updated since the task was made; null when there is none.</summary>
    public static string? Outdated(ServiceSpec spec, TaskView task, Func<string, ServiceView?> find)
    {
        foreach (var dependency in spec.DependsOn.Where(dependency => dependency.Restart))
        {
            if (find(dependency.Service) is { Record.Update: not { IsGoingOn: true } } other
                && task.Task.Dependencies.GetValueOrDefault(dependency.Service, -1) is var seen && seen >= 0 && seen != other.Record.Revision)
                return dependency.Service;
        }
        return null;
    }

    /// <summary>Whether a service whose updates replace this one's tasks is being updated.</summary>
    public static bool IsLedByUpdate(ServiceSpec spec, Func<string, ServiceView?> find) =>
        spec.DependsOn.Any(dependency => dependency.Restart && find(dependency.Service) is { Record: { Removing: false, Update.IsGoingOn: true } });

    private static string? Unmet(ServiceDependency dependency, ServiceView? service)
    {
        var name = dependency.Service;
        if (service is null)
            return dependency.Required ? $"waits for {name}, which is not in the app: put it, or set required: false" : null;
        if (service.Spec.Mode is not "global" && service.Spec.Replicas == 0)
            return null;
        if (service.Record.Removing || service.Spec.Stopped)
            return dependency.Required ? $"waits for {name}, which is stopped" : null;
        var live = service.Tasks.Values.Where(task => task.IsLive).ToList();
        if (!dependency.Required && live.Count > 0 && live.TrueForAll(task => task.Status.IsUnhealthy || task.IsOver && RestartRules.Refusal(service.Spec, task, service.Record.Generation) is not null))
            return null;
        return dependency.Condition switch
        {
            "service_healthy" => live.Exists(task => task is { IsRunning: true, Status.IsUnhealthy: false }) ? null : $"waits for {name} to be healthy: {Describe(live)}",
            "service_completed_successfully" => live.Count > 0 && live.TrueForAll(task => task.Status.State is TaskState.Complete) ? null : $"waits for {name} to complete: {Describe(live)}",
            _ => live.Exists(task => task.Status.State is TaskState.Starting or TaskState.Running or TaskState.Complete) ? null : $"waits for {name} to start: {Describe(live)}",
        };
    }

    private static string Describe(List<TaskView> tasks)
    {
        if (tasks.Count == 0)
            return "it has no task yet";
        var newest = tasks.MaxBy(task => task.Made) ?? tasks[0];
        var state = newest.Status.State.ToString().ToLowerInvariant();
        return newest.Status.Why.Length > 0 ? $"it is {state} ({newest.Status.Why})" : $"it is {state}";
    }
}
