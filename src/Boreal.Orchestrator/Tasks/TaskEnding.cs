using Boreal.Api.Apps;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Planning;
using Boreal.Orchestrator.Rotations;
using Microsoft.Extensions.Logging;

namespace Boreal.Orchestrator.Tasks;

/// <summary>
/// The steps of a task that is to end: (1) out of every balancer, acknowledged, (2) work in flight finished, or the drain timeout,
/// (3) hooks, (4) the stop signal and what follows it, (5) the container's removal where that is asked.
/// </summary>
internal sealed partial class TaskEnding(INode node, IBalancer balancer, RotationAgent rotations, StoppedByHand byHand, ILogger<TaskEnding> logger)
{
    private static readonly TimeSpan CountInterval = TimeSpan.FromMilliseconds(100);

    public async Task<TaskStep> StepAsync(TaskContext context, CancellationToken cancellationToken)
    {
        if (context.Status.HasEnded)
            return await RemoveAsync(context, cancellationToken);                                         // (5)
        if (context.Container is not { Phase: ContainerPhase.Running } container)
            return Ended(context);
        if (context.Status is { DrainingSince: null, State: >= TaskState.Starting })
            return TaskStep.Write(context.Status with { DrainingSince = context.Now });
        if (await WaitForDrainAsync(context, cancellationToken) is { } wait)                              // (1) (2)
            return wait;
        foreach (var hook in context.Spec.PreStop)                                                        // (3)
        {
            if (await TaskHooks.RunAsync(node, container.Id, hook, cancellationToken) is { } failure)
                Log.HookFailed(logger, context.Service.Id, context.Task.Slot, failure);
        }
        await StopAsync(context, container.Id, cancellationToken);                                        // (4)
        return Ended(context with { Container = node.Find(container.Id) });
    }

    private async Task StopAsync(TaskContext context, string container, CancellationToken cancellationToken)
    {
        var told = false;
        byHand.ExpectOwn(container);
        try
        {
            told = await node.StopAsync(container, Grace(context), cancellationToken);
        }
        finally
        {
            if (!told)
                byHand.ExpectNoMore(container);
        }
    }

    private async Task<TaskStep?> WaitForDrainAsync(TaskContext context, CancellationToken cancellationToken)
    {
        if (context.Status.DrainingSince is not { } since || context.Service.Rotation is not { } rotation)
            return null;
        var until = since + Nanoseconds.ToSpan(context.Spec.DrainTimeout);
        if (context.Now >= until)
            return null;
        if (!rotation.Draining.Contains(context.Task.Id))
        {
            // Told, perhaps, by a run that did not get to write it down; but who is refused everything has nothing to be told.
            var isNobodys = !rotation.Ready.Contains(context.Task.Id) && rotations.FailureOf(context.Service.Id) is not null;
            return isNobodys ? null : TaskStep.Wait(until);
        }
        if (await balancer.CountInFlightAsync(context.Service.Id, context.Task.Id, cancellationToken) == 0)
            return null;
        var next = context.Now + CountInterval;
        return TaskStep.Wait(next < until ? next : until);
    }

    private static TaskStep Ended(TaskContext context)
    {
        // Still there: it was started again by somebody in between.
        if (context.Container is { Phase: ContainerPhase.Running })
            return TaskStep.Wait(context.Now + CountInterval);
        var state = context.View.IsOver ? context.Status.State : context.Task.FailedBy.Length > 0 ? TaskState.Failed : TaskState.Shutdown;
        return TaskStep.Write(context.Status with
        {
            State = state,
            Since = context.Now,
            HasEnded = true,
            ExitCode = context.Container?.ExitCode,
            ContainerId = context.Container?.Id ?? "",
            Why = context.Task.FailedBy.Length > 0 ? context.Task.FailedBy : context.Status.Why,
        });
    }

    private async Task<TaskStep> RemoveAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var id = context.Status.ContainerId;
        if (context.Task.Desired is not TaskState.Remove || id.Length == 0)
            return TaskStep.Nothing;
        // Another task of the slot goes on in it.
        var isShared = context.Service.Tasks.Values.Any(other =>
            other.Task.Id != context.Task.Id && other.Task.Desired < TaskState.Remove && (other.Status.ContainerId == id || other.Task.TakesOver == id));
        var isStillUsed = context.Service.Tasks.Values.Any(other => other.Task.Id != context.Task.Id && other.Status.ContainerId == id && !other.Status.HasEnded);
        if (isStillUsed)
            return TaskStep.Nothing;
        if (!isShared)
            await node.RemoveAsync(id, context.Service.Record is { Removing: true, RemovesVolumes: true }, cancellationToken);
        return TaskStep.Write(context.Status with { ContainerId = "" });
    }

    private static TimeSpan? Grace(TaskContext context) =>
        (context.Service.Record.StopGracePeriod ?? context.Spec.StopGracePeriod) is { } grace ? Nanoseconds.ToSpan(grace) : null;

    private static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Warning, "service {Service} slot {Slot}: its pre_stop hook {Failure}")]
        public static partial void HookFailed(ILogger logger, string service, int slot, string failure);
    }
}
