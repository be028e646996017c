using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Reconciling;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Adoption;

/// <summary>
/// Containers of a service that somebody else made (the stock compose plugin, or an orchestrator whose store is lost): those that mean
/// the same become tasks as they are, others become tasks of another revision, which the updater replaces.
/// </summary>
internal sealed class Adopter(INode node, TimeProvider time)
{
    private const int MostAtOnce = 50;

    /// <param name="service">With the record and spec that are about to be written.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <returns>What is to be written with it.</returns>
    public async Task<Adoptions> FindAsync(ServiceView service, CancellationToken cancellationToken)
    {
        var known = service.Tasks.Values.SelectMany(task => (string[])[task.Status.ContainerId, task.Task.TakesOver]).ToHashSet(StringComparer.Ordinal);
        var strangers = node.List()
            .Where(container => container.Phase is not ContainerPhase.Removing && TaskLabels.ServiceOf(container.Labels) == service.Id)
            .Where(container => !known.Contains(container.Id) && !service.Tasks.ContainsKey(container.Labels.GetValueOrDefault(TaskLabels.Task, "")))
            .OrderByDescending(container => container.Phase is ContainerPhase.Running)
            .ThenByDescending(container => container.CreatedAt)
            .Take(MostAtOnce)
            .ToList();
        var tasks = new List<ServiceTask>();
        var decisions = new List<AppDecision>();
        foreach (var container in strangers)
        {
            var (task, why) = await AdoptAsync(service, container, tasks, cancellationToken);
            tasks.Add(task);
            decisions.Add(new AppDecision { At = time.GetUtcNow(), Action = "adopt", Slot = task.Slot, Revision = service.Record.Revision, Why = $"{container.Name} {why}" });
        }
        return new Adoptions(tasks, decisions, [.. strangers.Select(container => container.Labels.GetValueOrDefault(TaskLabels.Task, "")).Where(id => id.Length > 0)]);
    }

    private async Task<(ServiceTask Task, string Why)> AdoptAsync(
        ServiceView service, ObservedContainer container, List<ServiceTask> adopted, CancellationToken cancellationToken)
    {
        var slot = int.TryParse(container.Labels.GetValueOrDefault(TaskLabels.Number), out var number) && number > 0 ? number : 1;
        var task = new ServiceTask
        {
            Id = TaskIds.Create(),
            Slot = slot,
            Revision = service.Record.Revision,
            Hash = service.Record.Hash,
            // What runs is not asked to wait for anything.
            Desired = container.Phase is ContainerPhase.Running ? TaskState.Running : TaskState.Ready,
            CreatedAt = time.GetUtcNow(),
            Cause = "adopt",
            TakesOver = container.Id,
            Generation = service.Record.Generation,
        };
        var isTaken = adopted.Exists(other => other.Slot == slot && other.Desired < TaskState.Remove)
            || service.Tasks.Values.Any(other => other.Task.Slot == slot && other.IsLive && other.OccupiesSlot);
        if (isTaken)
            return (task with { Desired = TaskState.Remove }, $"is removed: slot {slot} is taken");
        var differences = await CompareAsync(service, task, container, cancellationToken);
        if (differences.Count == 0)
            return (task, "means the same and stays");
        var other = string.Join(", ", differences);
        return container.Phase is ContainerPhase.Running
            ? (task with { Hash = $"adopted-{container.Id}" }, $"differs in {other} and will be replaced")
            : (task with { Desired = TaskState.Remove }, $"differs in {other}, does not run and is removed");
    }

    private async Task<IReadOnlyList<string>> CompareAsync(ServiceView service, ServiceTask task, ObservedContainer container, CancellationToken cancellationToken)
    {
        try
        {
            var found = await node.InspectAsync(container.Id, cancellationToken);
            var wanted = await node.PreviewAsync(container.Name, TaskTemplate.Build(service, service.Spec, task with { Id = "" }), cancellationToken);
            return found is null ? ["Existence"] : SameMeaning.Differences(wanted, found);
        }
        catch (AppException exception)
        {
            return [$"what can be made ({exception.Message})"];
        }
    }
}
