using Boreal.Engine.Errors;
using Boreal.Engine.Measuring;
using Boreal.Linux.Processes;

namespace Boreal.Engine.Containers;

/// <summary>Removes containers.</summary>
public sealed class ContainerRemover
{
    private readonly ContainerEraser _eraser;
    private readonly ContainerKiller _killer;
    private readonly EngineWork _work;

    internal ContainerRemover(ContainerEraser eraser, ContainerKiller killer, EngineWork work)
    {
        _work = work;
        _eraser = eraser;
        _killer = killer;
    }

    /// <param name="container">The container.</param>
    /// <param name="force">Kill it first if it runs.</param>
    /// <param name="withVolumes">Its anonymous volumes go too, where no other container has them.</param>
    /// <param name="cancellationToken">Ends the wait for another verb on this container; the removal itself is carried through.</param>
    /// <exception cref="EngineException">Conflict: it runs, or is being removed already.</exception>
    public Task RemoveAsync(Container container, bool force, bool withVolumes, CancellationToken cancellationToken) =>
        _work.DoAsync("container.remove", container.Id.Value, () => RemoveOnceAsync(container, force, withVolumes, cancellationToken));

    private async Task RemoveOnceAsync(Container container, bool force, bool withVolumes, CancellationToken cancellationToken)
    {
        if (!container.Life.TryBeginRemoval())
            throw new EngineException(ErrorKind.Conflict, $"removal of container {container.Id} is already in progress");
        try
        {
            while (!await TryRemoveAsync(container, force, withVolumes, cancellationToken))
            {
                // It was started again between its end and our claim.
            }
        }
        finally
        {
            container.Life.EndRemoval();
        }
    }

    private async Task<bool> TryRemoveAsync(Container container, bool force, bool withVolumes, CancellationToken cancellationToken)
    {
        var removed = container.Life.Removed;
        await EndAsync(container, force, cancellationToken);
        using var claim = await container.ClaimAsync(cancellationToken);
        if (container.Status.HasProcess)
            return false;
        // An auto-removing container is gone once its exit is recorded.
        if (!removed.IsCompleted)
            await _eraser.EraseAsync(container, withVolumes);
        return true;
    }

    private async Task EndAsync(Container container, bool force, CancellationToken cancellationToken)
    {
        var status = container.Status;
        if (!status.IsRunning)
            return;
        if (!force)
            throw new EngineException(ErrorKind.Conflict, Refusal(container, status));
        container.Life.CancelRestart();
        if (!status.HasProcess)
            return;
        try
        {
            await _killer.KillAsync(container, Signals.Kill, cancellationToken);
        }
        catch (EngineException exception) when (exception.Kind is ErrorKind.Conflict)
        {
            // It ended by itself in the meantime, which is what was wanted.
        }
    }

    private static string Refusal(Container container, ContainerStatus status)
    {
        var reason = status.State switch
        {
            ContainerState.Paused => "paused and must be unpaused first",
            ContainerState.Restarting => "restarting: stop the container before removing or force remove",
            _ => "running: stop the container before removing or force remove",
        };
        return $"cannot remove container \"/{container.Spec.Name}\": container is {reason}";
    }
}
