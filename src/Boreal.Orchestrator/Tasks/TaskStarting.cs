using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;

namespace Boreal.Orchestrator.Tasks;

/// <summary>The steps of a task that is wanted: its container is made, started, found to work, and watched.</summary>
internal sealed class TaskStarting(INode node, StoppedByHand byHand)
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbedFor = TimeSpan.FromSeconds(30);

    public Task<TaskStep> StepAsync(TaskContext context, CancellationToken cancellationToken)
    {
        if (context.View.IsOver)
            return Task.FromResult(AfterTheEnd(context));
        if (context.Container is { Phase: not ContainerPhase.Running } resting && byHand.Has(resting.Id) && context.Status.State >= TaskState.Ready)
            return Task.FromResult(Hold(context, resting));
        return context.Status.State switch
        {
            < TaskState.Preparing => TakeOverAsync(context, cancellationToken),
            TaskState.Preparing => CreateAsync(context, cancellationToken),
            TaskState.Ready => StartAsync(context, cancellationToken),
            _ => WatchAsync(context, cancellationToken),
        };
    }

    private async Task<TaskStep> TakeOverAsync(TaskContext context, CancellationToken cancellationToken)
    {
        if (context.Container is not { } container)
            return context.Move(TaskState.Preparing);
        if (!container.Labels.ContainsKey(TaskLabels.Task))
            await node.DisableRestartAsync(container.Id, cancellationToken);
        return TaskStep.Write(context.Status with { State = TaskState.Ready, Since = context.Now, ContainerId = container.Id });
    }

    private async Task<TaskStep> CreateAsync(TaskContext context, CancellationToken cancellationToken)
    {
        try
        {
            var id = context.Container?.Id ?? await MakeAsync(context, cancellationToken);
            return TaskStep.Write(context.Status with { State = TaskState.Ready, Since = context.Now, ContainerId = id, Why = "" });
        }
        catch (AppException) when (JoinsOthers(context.Spec) && context.Now - context.Status.Since < ProbedFor)
        {
            // The container whose volumes or namespaces it shares is being made beside it.
            return TaskStep.Wait(context.Now + ProbeInterval);
        }
        catch (AppException exception)
        {
            return TaskStep.Write(context.Status with { State = TaskState.Rejected, Since = context.Now, HasEnded = true, Why = $"could not be made: {exception.Message}" });
        }
    }

    private async Task<string> MakeAsync(TaskContext context, CancellationToken cancellationToken)
    {
        var request = TaskTemplate.Build(context.Service, context.Spec, context.Task);
        var before = context.Service.Slot(context.Task.Slot).LastOrDefault(task => task.Task.Id != context.Task.Id && task.Status.ContainerId.Length > 0);
        if (before is not null && await node.InspectAsync(before.Status.ContainerId, cancellationToken) is { } inspected)
            request = KeptVolumes.Take(request, inspected);
        var isTaken = node.Find(context.Name) is not null;
        try
        {
            return await node.CreateAsync(isTaken ? TaskTemplate.InterimName(context.Task, context.Name) : context.Name, request, cancellationToken);
        }
        catch (AppException exception) when (exception.Kind is AppErrorKind.Conflict && !isTaken && node.Find(context.Name) is not null)
        {
            // Somebody was quicker.
            return await node.CreateAsync(TaskTemplate.InterimName(context.Task, context.Name), request, cancellationToken);
        }
    }

    private async Task<TaskStep> StartAsync(TaskContext context, CancellationToken cancellationToken)
    {
        if (context.Container is not { } container)
            return Ended(context, TaskState.Failed, "its container was removed", null);
        if (context.Task.Desired is TaskState.Ready)
            return TaskStep.Nothing;
        await RenameAsync(context, container, cancellationToken);
        try
        {
            if (container.Phase is not ContainerPhase.Running)
                await node.StartAsync(container.Id, cancellationToken);
            return context.Move(TaskState.Starting);
        }
        catch (AppException exception)
        {
            return Ended(context, TaskState.Failed, $"could not start: {exception.Message}", null);
        }
    }

    private async Task<TaskStep> WatchAsync(TaskContext context, CancellationToken cancellationToken)
    {
        if (context.Container is not { } container)
            return Ended(context, TaskState.Failed, "its container was removed", null);
        if (container.Phase is not ContainerPhase.Running)
            return Ended(context, container.ExitCode == 0 ? TaskState.Complete : TaskState.Failed, Why(container), container.ExitCode);
        await RenameAsync(context, container, cancellationToken);
        if (!context.Status.IsHooked)
            return await RunHooksAsync(context, container, cancellationToken);
        if (container.Health is ContainerHealth.Unhealthy != context.Status.IsUnhealthy)
            return TaskStep.Write(context.Status with { IsUnhealthy = !context.Status.IsUnhealthy, Why = context.Status.IsUnhealthy ? "" : Unhealthy(container) });
        return context.Status.State is TaskState.Starting ? await SettleAsync(context, container, cancellationToken) : TaskStep.Nothing;
    }

    private async Task<TaskStep> RunHooksAsync(TaskContext context, ObservedContainer container, CancellationToken cancellationToken)
    {
        foreach (var hook in context.Spec.PostStart)
        {
            if (await TaskHooks.RunAsync(node, container.Id, hook, cancellationToken) is { } failure)
                return context.Move(TaskState.Failed, $"its post_start hook {failure}");
        }
        return TaskStep.Write(context.Status with { IsHooked = true });
    }

    /// <summary>Without a health check, accepting connections is what shows that it works.</summary>
    private async Task<TaskStep> SettleAsync(TaskContext context, ObservedContainer container, CancellationToken cancellationToken)
    {
        if (container.Health is ContainerHealth.Starting or ContainerHealth.Unhealthy)
            return TaskStep.Nothing;
        var why = "";
        if (container.Health is ContainerHealth.None && PortOf(context.Spec) is { } port && !await node.AnswersAsync(container.Id, port, cancellationToken))
        {
            if (context.Now - context.Status.Since < ProbedFor)
                return TaskStep.Wait(context.Now + ProbeInterval);
            why = $"nothing answers at its port {port}";
        }
        return TaskStep.Write(context.Status with { State = TaskState.Running, Since = context.Now, RunningAt = context.Now, Why = why });
    }

    private static bool JoinsOthers(ServiceSpec spec) =>
        spec.Template.HostConfig is { } host
        && (host.VolumesFrom is { Count: > 0 } || new[] { host.NetworkMode, host.PidMode, host.IpcMode, host.UTSMode }.Any(mode => mode?.StartsWith("container:", StringComparison.Ordinal) == true));

    private static ushort? PortOf(ServiceSpec spec) =>
        spec.Ports.FirstOrDefault(port => port.Protocol is "tcp")?.Target ?? (spec.Routes.Count > 0 ? spec.Routes[0].Target : null);

    /// <summary>The slot's older container had the name until it was removed.</summary>
    private async Task RenameAsync(TaskContext context, ObservedContainer container, CancellationToken cancellationToken)
    {
        if (container.Name == context.Name || node.Find(context.Name) is not null)
            return;
        try
        {
            await node.RenameAsync(container.Id, context.Name, cancellationToken);
        }
        catch (AppException exception) when (exception.Kind is AppErrorKind.Conflict or AppErrorKind.NotFound)
        {
            // Somebody has just taken the name, or the container away: the next look will tell.
        }
    }

    /// <summary>A container that a person starts again is a task again.</summary>
    private static TaskStep AfterTheEnd(TaskContext context) =>
        context is { Status: { HasEnded: true, State: not TaskState.Shutdown } or { HasEnded: true, IsHeld: true }, Container.Phase: ContainerPhase.Running } && !IsTaken(context)
            ? TaskStep.Write(context.Status with { State = TaskState.Shutdown, IsHeld = false, Why = "started by hand" })
            : TaskStep.Nothing;

    private static bool IsTaken(TaskContext context) =>
        context.Service.Tasks.Values.Any(task => task.Task.Id != context.Task.Id && task.Task.TakesOver == context.Status.ContainerId);

    private static TaskStep Hold(TaskContext context, ObservedContainer container) =>
        TaskStep.Write(context.Status with
        {
            State = TaskState.Shutdown, Since = context.Now, HasEnded = true, IsHeld = true, ExitCode = container.ExitCode, Why = "stopped by hand",
        });

    private static TaskStep Ended(TaskContext context, TaskState state, string why, int? exitCode) =>
        TaskStep.Write(context.Status with
        {
            State = state, Since = context.Now, HasEnded = true, Why = why, ExitCode = exitCode, ContainerId = context.Container is null ? "" : context.Status.ContainerId,
        });

    private static string Why(ObservedContainer container) =>
        container.OutOfMemory ? $"ended with exit code {container.ExitCode}, out of memory"
        : container.Error.Length > 0 ? container.Error
        : $"ended with exit code {container.ExitCode}";

    private static string Unhealthy(ObservedContainer container) =>
        container.HealthOutput.Length == 0 ? "is unhealthy" : $"is unhealthy: {TaskHooks.LastLine(container.HealthOutput)}";
}
