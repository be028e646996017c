using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Store;

namespace Boreal.Orchestrator.Tasks;

/// <summary>
/// Moves the container of a task to what is asked of it, a step at a time, and writes down what it sees. Every step begins with a look:
/// it does not matter where an earlier run was cut off.
/// </summary>
internal sealed class TaskAgent(IStateStore store, AppsView view, INode node, TaskStarting starting, TaskEnding ending, TimeProvider time)
{
    /// <returns>When to run again although nothing is heard; null: then not.</returns>
    public async Task<DateTimeOffset?> RunAsync(string service, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (view.Find(service) is not { } known || known.Tasks.GetValueOrDefault(id) is not { } task)
                return null;
            var context = new TaskContext(known, task, Locate(task), time.GetUtcNow());
            var step = task.Task.Desired >= TaskState.Shutdown
                ? await ending.StepAsync(context, cancellationToken)
                : await starting.StepAsync(context, cancellationToken);
            if (step.Status is not { } status)
                return step.WakeAt;
            var written = await store.CommitAsync(
                new StoreTransaction()
                    .Expect(ServiceKeys.Task(service, id), task.TaskRevision)
                    .Expect(ServiceKeys.Status(service, id), task.StatusRevision)
                    .Put(ServiceKeys.Status(service, id), JsonSerializer.SerializeToUtf8Bytes(status, RecordsJsonContext.Default.ServiceTaskStatus)),
                cancellationToken);
            await view.ReachAsync(written.Revision, cancellationToken);
        }
    }

    private ObservedContainer? Locate(TaskView task)
    {
        if (task.Status.ContainerId.Length > 0)
            return node.Find(task.Status.ContainerId);
        if (task.Task.TakesOver.Length > 0 && node.Find(task.Task.TakesOver) is { Phase: not ContainerPhase.Removing } taken)
            return taken;
        // Made, perhaps, by a run that did not get to write it down.
        return task.Status.State is TaskState.Preparing
            ? node.List().FirstOrDefault(container => container.Labels.GetValueOrDefault(TaskLabels.Task) == task.Task.Id)
            : null;
    }
}
