using Boreal.Api.Apps;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Planning;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Reporting;

/// <summary>Services and tasks as the API tells them.</summary>
internal static class ServiceReport
{
    public static ServiceInspect Describe(ServiceView service, Func<string, ServiceView?> find, INode node)
    {
        var tasks = service.Tasks.Values
            .OrderBy(task => task.Task.Slot).ThenByDescending(task => task.Made)
            .Select(task => Describe(service, task, find, node))
            .ToList();
        return new ServiceInspect
        {
            App = service.App,
            Name = service.Name,
            Spec = service.Spec,
            Revision = service.Record.Revision,
            Version = service.RecordRevision,
            CreatedAt = service.Record.CreatedAt,
            UpdatedAt = service.Record.UpdatedAt,
            Update = Describe(service.Record.Update),
            Counts = Count(service),
            Converged = IsConverged(service),
            Removing = service.Record.Removing,
            Tasks = tasks,
        };
    }

    public static ServiceCounts Count(ServiceView service)
    {
        var newest = Newest(service);
        return new ServiceCounts
        {
            Desired = service.DesiredSlots,
            Running = newest.Count(task => task is { IsLive: true, IsRunning: true, Status.IsUnhealthy: false }),
            Updated = newest.Count(task => task.Task.Hash == service.Record.Hash && task.Status.State is TaskState.Running or TaskState.Complete),
            Completed = newest.Count(task => IsAtRest(service, task) && task.Status.State is TaskState.Complete),
            Failed = newest.Count(task => IsAtRest(service, task) && task.Status.State is TaskState.Failed or TaskState.Rejected),
        };
    }

    /// <summary>Nothing more is going to happen by itself.</summary>
    public static bool IsConverged(ServiceView service)
    {
        if (service.Record.Removing || service.Record.Update is { IsGoingOn: true })
            return false;
        var newest = Newest(service);
        var isAsAsked = service.Spec.Stopped
            ? newest.TrueForAll(task => task.Status.HasEnded)
            : newest.Count == service.DesiredSlots && newest.TrueForAll(task => task is { IsLive: true, IsRunning: true, Status.IsUnhealthy: false } || IsAtRest(service, task));
        return isAsAsked
            && service.Tasks.Values.All(task => task.IsLive || task.Status.HasEnded)
            && newest.TrueForAll(task => !task.IsLive || task.Task.Hash == service.Record.Hash)
            && newest.TrueForAll(task => !task.IsRunning || service.Rotation?.Ready.Contains(task.Task.Id) == true);
    }

    public static TaskSummary Describe(ServiceView service, TaskView task, Func<string, ServiceView?> find, INode node)
    {
        var container = task.Status.ContainerId.Length == 0 ? null : node.Find(task.Status.ContainerId);
        return new TaskSummary
        {
            Id = task.Task.Id,
            App = service.App,
            Service = service.Name,
            Slot = task.Task.Slot,
            Revision = task.Task.Revision,
            Desired = task.Task.Desired,
            State = task.Status.State,
            ContainerId = task.Status.ContainerId,
            ContainerName = container?.Name ?? "",
            Image = service.SpecOf(task).Template.Image,
            Node = node.Name,
            Why = TaskReason.Of(service, task, find),
            ExitCode = task.Status.ExitCode,
            Rotation = service.Rotation switch
            {
                { } rotation when rotation.Ready.Contains(task.Task.Id) => "ready",
                { } rotation when rotation.Draining.Contains(task.Task.Id) && task.Status is { DrainingSince: not null, HasEnded: false } => "draining",
                _ => "none",
            },
            CreatedAt = task.Task.CreatedAt,
            Since = task.Status.Since,
        };
    }

    public static AppSummary Summarise(string app, IReadOnlyList<ServiceView> services, INode node)
    {
        var counts = services.Select(Count).ToList();
        var labels = services.Select(service => service.Spec.Template.Labels).FirstOrDefault(given => given is not null) ?? new Dictionary<string, string>();
        return new AppSummary
        {
            Name = app,
            Services = services.Count,
            Counts = new ServiceCounts
            {
                Desired = counts.Sum(count => count.Desired),
                Running = counts.Sum(count => count.Running),
                Updated = counts.Sum(count => count.Updated),
                Completed = counts.Sum(count => count.Completed),
                Failed = counts.Sum(count => count.Failed),
            },
            Converged = services.All(IsConverged),
            WorkingDir = labels.GetValueOrDefault(TaskLabels.WorkingDir, ""),
            ConfigFiles = labels.GetValueOrDefault(TaskLabels.ConfigFiles, ""),
        };
    }

    public static UpdateStatus? Describe(UpdateProgress? update) => update is null ? null : new UpdateStatus
    {
        State = update.StateName,
        StartedAt = update.StartedAt,
        CompletedAt = update.CompletedAt,
        Message = update.Message,
    };

    /// <summary>The newest task of each slot that is wanted, or rests.</summary>
    private static List<TaskView> Newest(ServiceView service) =>
    [
        .. service.Tasks.Values.Where(task => task.Task.Desired < TaskState.Remove).GroupBy(task => task.Task.Slot)
            .Select(slot => slot.OrderBy(task => task.IsLive).ThenBy(task => task.Made).Last()),
    ];

    private static bool IsAtRest(ServiceView service, TaskView task) =>
        task is { IsOver: true, Status.HasEnded: true } && RestartRules.Refusal(service.Spec, task, service.Record.Generation) is not null;
}
