using Boreal.Api.Apps;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Reporting;

/// <summary>Why a service is as it is.</summary>
internal static class WhyReporter
{
    private const int ShownDecisions = 10;

    public static WhyReport Report(ServiceView service, Func<string, ServiceView?> find, INode node, string? balancerFailure)
    {
        var described = ServiceReport.Describe(service, find, node);
        var reasons = new List<string>();
        if (service.Record.Update is { } update && (update.IsGoingOn || update.IsPaused))
            reasons.Add(update.IsPaused
                ? $"the {(update.IsRollback ? "rollback" : "update")} is paused: {update.Message}: put another spec, or roll back"
                : $"an {(update.IsRollback ? "automatic or asked rollback" : "update")} is going on since {update.StartedAt.UtcDateTime:HH:mm:ss}Z{(update.Message.Length > 0 ? $": {update.Message}" : "")}");
        if (balancerFailure is not null || described.Counts.Failed > 0)
            reasons.AddRange(TakenPorts(service, node));
        if (balancerFailure is not null)
            reasons.Add($"the balancer refuses: {balancerFailure}");
        foreach (var task in described.Tasks.Where(task => task.Desired < TaskState.Shutdown || task.Rotation is "draining"))
            reasons.Add(Sentence(task));
        return new WhyReport
        {
            App = service.App,
            Service = service.Name,
            Summary = Summary(service, described),
            Reasons = reasons,
            Decisions = [.. service.Decisions.Decisions.Reverse().Take(ShownDecisions)],
        };
    }

    private static string Summary(ServiceView service, ServiceInspect described)
    {
        var counts = described.Counts;
        if (service.Record.Removing)
            return $"is being removed: {described.Tasks.Count(task => task.ContainerId.Length > 0)} containers are left";
        if (service.Spec.Stopped)
            return "is stopped: start it, or put it again";
        var text = $"{counts.Running} of {counts.Desired} running at revision {described.Revision}";
        if (counts.Completed > 0)
            text += $", {counts.Completed} completed";
        if (counts.Failed > 0)
            text += $", {counts.Failed} failed";
        return text + (!described.Converged ? ": on the way" : counts.Failed > 0 ? ": nothing more is tried" : ": as asked");
    }

    /// <summary>Ports of the machine that the service asks for and others have.</summary>
    private static IEnumerable<string> TakenPorts(ServiceView service, INode node)
    {
        var own = service.Tasks.Values.Select(task => task.Status.ContainerId).Where(id => id.Length > 0).Select(id => node.Find(id)?.Name).ToHashSet();
        foreach (var port in service.Spec.Ports)
        {
            if (!ushort.TryParse(port.Published, out var number) || node.HolderOf(port.Protocol, number) is not { } holder || own.Contains(holder))
                continue;
            yield return $"port {number}/{port.Protocol} of this machine is taken by {holder}: free it, or publish another";
        }
    }

    private static string Sentence(TaskSummary task)
    {
        var state = task.State.ToString().ToLowerInvariant();
        return $"slot {task.Slot} ({task.Id[..Math.Min(12, task.Id.Length)]}, revision {task.Revision}) is {state}{(task.Why.Length > 0 ? $": {task.Why}" : "")}";
    }
}
