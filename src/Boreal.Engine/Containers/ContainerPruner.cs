using Boreal.Engine.Errors;
using Boreal.Engine.Layers;

namespace Boreal.Engine.Containers;

/// <summary>Removes all stopped containers that pass a filter.</summary>
public sealed class ContainerPruner(ContainerRegistry registry, ContainerRemover remover, Snapshots snapshots)
{
    private int _running;

    /// <summary>Returns what went and how many bytes of its own that was.</summary>
    /// <exception cref="EngineException">Conflict: another prune runs.</exception>
    public async Task<PrunedContainers> PruneAsync(Func<Container, bool> filter, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _running, 1, 0) != 0)
            throw new EngineException(ErrorKind.Conflict, "a prune operation is already running");
        try
        {
            var removed = new List<ContainerId>();
            long reclaimed = 0;
            foreach (var container in registry.List())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (container.Status.IsRunning || container.Status.State is ContainerState.Removing || !filter(container))
                    continue;
                var size = snapshots.SizeRw(container.Id);
                if (!await TryRemoveAsync(container, cancellationToken))
                    continue;
                removed.Add(container.Id);
                reclaimed += size;
            }

            return new PrunedContainers(removed, reclaimed);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private async Task<bool> TryRemoveAsync(Container container, CancellationToken cancellationToken)
    {
        try
        {
            await remover.RemoveAsync(container, force: false, withVolumes: false, cancellationToken);
            return true;
        }
        catch (EngineException exception) when (exception.Kind is ErrorKind.Conflict)
        {
            // Started or removed by somebody else in the meantime: not ours to prune.
            return false;
        }
    }
}
