using Boreal.Engine.Layers;
using Boreal.Engine.State;
using Boreal.Engine.Volumes;

namespace Boreal.Engine.Containers;

/// <summary>
/// Stopped -> gone: (1) mark, (2) shim, volumes and what else knows of it, (3) record and announce, (4) files, behind the answer.
/// Killed on the way, the mark makes the next start of the daemon go on here; after (3) the files are strays to it.
/// </summary>
internal sealed class ContainerEraser(
    ContainerRegistry registry, ContainerReleaser releaser, Snapshots snapshots, ContainerVolumes volumes, NodePaths paths, ContainerEvents events)
{
    /// <summary>The caller holds the claim; there is no process.</summary>
    /// <param name="container">The container.</param>
    /// <param name="withVolumes">Its anonymous volumes go with it, as those of a container that removes itself always do.</param>
    public async Task EraseAsync(Container container, bool withVolumes = false)
    {
        var last = container.Status;
        withVolumes |= container.Spec.AutoRemove || last.RemovesVolumes;
        registry.Update(container, last with { State = ContainerState.Removing, RemovesVolumes = withVolumes });   // (1)
        try
        {
            await ContainerShims.DropAsync(container);                                                    // (2)
            // The last run's folder goes with its shim.
            if (!releaser.IsPending(container.Id)) ContainerFiles.Remove(paths.Run(container.Id));
            snapshots.Forget(container.Id);
            await volumes.ReleaseAsync(container.Spec, withVolumes);
        }
        catch
        {
            registry.Update(container, last with { State = ContainerState.Dead });
            throw;
        }

        registry.Remove(container);                                                                       // (3)
        events.Publish(container, "destroy");
        container.Life.AnnounceRemoved(new ContainerExit(last.ExitCode, null));
        releaser.BeginRemoval(container.Id);                                                              // (4)
    }
}
