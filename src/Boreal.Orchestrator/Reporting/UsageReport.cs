using Boreal.Api.Apps;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Reporting;

/// <summary>What services use now.</summary>
internal static class UsageReport
{
    public static ServiceUsage Describe(ServiceView service, INode node, DateTimeOffset now) => new()
    {
        App = service.App,
        Name = service.Name,
        At = now,
        Counts = ServiceReport.Count(service),
        Ready = service.Rotation?.Ready.Count ?? 0,
        Converged = ServiceReport.IsConverged(service),
        Tasks =
        [
            .. service.Tasks.Values.Where(task => task.Status is { HasEnded: false, ContainerId.Length: > 0 })
                .OrderBy(task => task.Task.Slot).ThenBy(task => task.Made)
                .Select(task => Describe(service, task, node)).OfType<TaskUsage>(),
        ],
        LastDecision = service.Decisions.Decisions is [.., var last] ? last : null,
    };

    private static TaskUsage? Describe(ServiceView service, TaskView task, INode node) => node.Measure(task.Status.ContainerId) is not { } used ? null : new TaskUsage
    {
        Id = task.Task.Id,
        Slot = task.Task.Slot,
        ContainerId = task.Status.ContainerId,
        CpuTime = used.CpuNanoseconds,
        Memory = used.MemoryBytes,
        MemoryLimit = service.SpecOf(task).Template.HostConfig?.Memory ?? 0,
    };
}
