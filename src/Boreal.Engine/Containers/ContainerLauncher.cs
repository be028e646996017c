using Boreal.Engine.Errors;
using Boreal.Engine.Health;
using Boreal.Engine.Measuring;
using Boreal.Engine.Shims;
using Boreal.Engine.State;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Containers;

/// <summary>
/// Created or exited -> running: (1) what it joins, (2) root file system, network and shim side by side, (3) bundle,
/// (4) process, (5) record and announce. Whatever fails, or wherever the daemon dies, nothing of it stays.
/// </summary>
internal sealed partial class ContainerLauncher(
    ContainerRegistry registry, ContainerEnvironment environment, ContainerReleaser releaser, ContainerShims shims, ContainerEvents events, EngineWork work,
    ILogger<ContainerLauncher> logger)
{
    /// <summary>The caller holds the claim and has seen that there is no process.</summary>
    /// <exception cref="EngineException">Why it can't start; the status then tells it too, with exit code 126, 127 or 128.</exception>
    public async Task<Shim> LaunchAsync(Container container, CancellationToken cancellationToken)
    {
        try
        {
            return await work.DoAsync("container.start", container.Id.Value, () => RunAsync(container, cancellationToken));
        }
        catch (RuntimeStartException exception)
        {
            Failed(container, exception.ExitCode, exception.Message);
            // Docker: what the client named cannot be executed is the client's mistake, the rest is ours.
            throw new EngineException(exception.ExitCode is 126 or 127 ? ErrorKind.Invalid : ErrorKind.Internal, exception.Message, exception);
        }
        catch (Exception exception)
        {
            Failed(container, 128, exception.Message);
            throw;
        }
    }

    // A first start that fails leaves Docker's "created"; a later one leaves "exited".
    private void Failed(Container container, int exitCode, string error) => registry.Update(container, container.Status with
    {
        State = container.Status.StartedAt is null ? ContainerState.Created : ContainerState.Exited,
        ExitCode = exitCode,
        Error = error,
        Network = null,
    });

    private async Task<Shim> RunAsync(Container container, CancellationToken cancellationToken)
    {
        var spec = container.Spec;
        await releaser.WhenReleasedAsync(spec.Id);
        var joined = environment.Join(spec);                                                              // (1)
        await using var undo = new Rollback(exception => Log.UndoFailed(logger, spec.Id.Short, exception));

        var preparing = environment.PrepareAsync(spec, joined, undo, cancellationToken);                  // (2)
        var shimming = shims.GetAsync(container, cancellationToken);
        undo.Push(() => ContainerShims.DropAsync(container));
        // If one fails, the other must still have ended before anything is undone.
        await Task.WhenAll(preparing, shimming);
        var (prepared, shim) = (await preparing, await shimming);

        // From here on a restarted daemon takes the network for this container's, should the process be there by then.
        var starting = container.Status with { Network = prepared.Network, Error = "" };
        registry.Update(container, starting);
        environment.WriteBundle(spec, prepared, joined, shims.RuntimeOf(spec));                   // (3)
        var process = await shim.StartAsync(cancellationToken);                                           // (4)

        // The process exists now: nothing past this line may fail or be cancelled, or nobody would own it.
        undo.Complete();
        registry.Update(container, starting with                                                          // (5)
        {
            State = ContainerState.Running,
            Pid = process.Pid,
            StartedAt = process.StartedAt,
            ExitCode = 0,
            OomKilled = false,
            Health = HealthMonitor.InitialStatus(spec.Health),
        });
        events.PublishNetwork(container, "connect", prepared.Network);
        events.PublishMounts(container);
        events.Publish(container, "start");
        return shim;
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Warning, "could not undo the start of container {Container}; the next start of the daemon does")]
        public static partial void UndoFailed(ILogger logger, string container, Exception exception);
    }
}
