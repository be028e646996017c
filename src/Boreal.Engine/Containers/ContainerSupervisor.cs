using Boreal.Engine.Errors;
using Boreal.Engine.Health;
using Boreal.Engine.Shims;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Containers;

/// <summary>
/// One loop per running container: waits for the exit, has it recorded, and starts again where the restart policy says so.
/// The loops end with the process; what they would have done is done by <see cref="ContainerRestorer"/> at the next start.
/// </summary>
internal sealed partial class ContainerSupervisor(
    ContainerLauncher launcher, ContainerFinisher finisher, ContainerEraser eraser, HealthMonitor health, ContainerEvents events,
    TimeProvider time, ILogger<ContainerSupervisor> logger)
{
    /// <summary>Starts the container and keeps watch over it. The caller holds the claim.</summary>
    public async Task RunAsync(Container container, CancellationToken cancellationToken)
    {
        var shim = await launcher.LaunchAsync(container, cancellationToken);
        Watch(container, shim);
    }

    /// <summary>Keeps watch over a process that runs already. The caller holds the claim.</summary>
    public void Watch(Container container, Shim shim)
    {
        container.Life.Shim = shim;
        container.Life.OutOfMemoryAnnounced = false;
        shim.OutOfMemory = () =>
        {
            container.Life.OutOfMemoryAnnounced = true;
            events.Publish(container, "oom");
        };
        health.Start(container);
        container.Life.Watch = WatchAsync(container, shim);
    }

    /// <summary>Starts the container after <paramref name="delay"/>, unless the wait is cancelled. The status says Restarting.</summary>
    public void RestartLater(Container container, TimeSpan delay) =>
        container.Life.Watch = RestartAsync(container, delay, container.Life.BeginRestartDelay(delay));

    private async Task WatchAsync(Container container, Shim shim)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var exit = await shim.Exited;
            using var claim = await container.ClaimAsync(CancellationToken.None);
            var ended = container.Status;
            var restart = RestartPolicy.Applies(container.Spec.Restart, exit.Code, ended.RestartCount, ended.ManuallyStopped);
            await finisher.FinishAsync(container, shim, exit, restart, told.Task);
            if (restart)
                RestartLater(container, RestartPolicy.NextDelay(container.Life.RestartDelay, exit.FinishedAt - (ended.StartedAt ?? exit.FinishedAt)));
            else
                await EndAsync(container);
        }
        catch (Exception exception)
        {
            Log.WatchFailed(logger, container.Id.Short, exception);
        }
        finally
        {
            told.TrySetResult();
        }
    }

    private async Task RestartAsync(Container container, TimeSpan delay, CancellationToken cancelled)
    {
        try
        {
            await Task.Delay(delay, time, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var claim = await container.ClaimAsync(CancellationToken.None);
            if (cancelled.IsCancellationRequested || container.Status.State is not ContainerState.Restarting)
                return;
            try
            {
                await RunAsync(container, CancellationToken.None);
            }
            catch (EngineException exception)
            {
                Log.RestartFailed(logger, container.Id.Short, exception.Message);
                await EndAsync(container);
            }
        }
        catch (Exception exception)
        {
            Log.WatchFailed(logger, container.Id.Short, exception);
        }
    }

    private async Task EndAsync(Container container)
    {
        container.Life.RestartDelay = TimeSpan.Zero;
        if (container.Spec.AutoRemove)
            await eraser.EraseAsync(container);
        else
            container.Life.AnnounceExit(new ContainerExit(container.Status.ExitCode, null));
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Error, "lost watch over container {Container}; restart the daemon to take it up again")]
        public static partial void WatchFailed(ILogger logger, string container, Exception exception);

        [LoggerMessage(1102, LogLevel.Warning, "could not restart container {Container}: {Reason}")]
        public static partial void RestartFailed(ILogger logger, string container, string reason);
    }
}
