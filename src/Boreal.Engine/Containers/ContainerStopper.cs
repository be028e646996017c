using Boreal.Engine.Errors;
using Boreal.Engine.Measuring;
using Boreal.Engine.Networks;
using Boreal.Linux.Processes;

namespace Boreal.Engine.Containers;

/// <summary>Ends a container as gently as its timeout allows.</summary>
public sealed class ContainerStopper(ContainerRegistry registry, ContainerKiller killer, ContainerStarter starter, NetworkSandboxes networks, ContainerEvents events, EngineWork work, TimeProvider time)
{
    /// <summary>Docker's default, in seconds.</summary>
    public const int DefaultTimeout = 10;

    /// <summary>Stop signal, then after <paramref name="timeoutSeconds"/> (null: the container's; negative: never) SIGKILL.</summary>
    public async Task<StopOutcome> StopAsync(Container container, int? signal, int? timeoutSeconds, CancellationToken cancellationToken)
    {
        if (!container.Status.IsRunning)
            return StopOutcome.NotRunning;
        await EndAsync(container, signal, timeoutSeconds, cancellationToken);
        events.Publish(container, "stop");
        return StopOutcome.Stopped;
    }

    /// <summary>Stops if needed, and starts.</summary>
    public async Task RestartAsync(Container container, int? signal, int? timeoutSeconds, CancellationToken cancellationToken)
    {
        if (container.Status.IsRunning)
        {
            await EndAsync(container, signal, timeoutSeconds, cancellationToken);
            events.Publish(container, "stop");
        }

        await starter.StartAsync(container, cancellationToken);
        events.Publish(container, "restart");
    }

    private Task EndAsync(Container container, int? signal, int? timeoutSeconds, CancellationToken cancellationToken) =>
        work.DoAsync("container.stop", container.Id.Value, () => EndProcessAsync(container, signal, timeoutSeconds, cancellationToken));

    private async Task EndProcessAsync(Container container, int? signal, int? timeoutSeconds, CancellationToken cancellationToken)
    {
        var ended = container.Life.RunEnded;
        if (await EndWithoutProcessAsync(container, cancellationToken))
            return;
        await killer.MarkStoppedAsync(container, cancellationToken);
        // Before the signal: a process that is about to end refuses connections.
        networks.Withdraw(container.Id, isWithdrawn: true);
        await killer.SignalAsync(container, signal ?? StopSignal.Of(container.Spec), cancellationToken);
        var seconds = timeoutSeconds ?? container.Spec.Process.StopTimeout ?? DefaultTimeout;
        if (seconds < 0)
        {
            await ended.WaitAsync(cancellationToken);
            return;
        }

        try
        {
            await ended.WaitAsync(TimeSpan.FromSeconds(seconds), time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await killer.SignalAsync(container, Signals.Kill, cancellationToken);
            await ended.WaitAsync(cancellationToken);
        }
    }

    // While it waits for its next start there is no process: the container just stays down.
    private async Task<bool> EndWithoutProcessAsync(Container container, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        if (container.Status.State is not ContainerState.Restarting)
            return !container.Status.HasProcess;
        container.Life.CancelRestart();
        registry.Update(container, container.Status with { State = ContainerState.Exited, ManuallyStopped = true });
        container.Life.AnnounceExit(new ContainerExit(container.Status.ExitCode, null));
        return true;
    }
}
