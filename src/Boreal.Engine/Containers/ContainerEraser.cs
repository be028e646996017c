using Boreal.Engine.Layers;
using Boreal.Engine.State;
using Boreal.Engine.Volumes;

namespace Boreal.Engine.Containers;

/// <summary>
/// Stopped -> gone: (1) mark, (2) shim, root file system, folder, volumes, (3) record and announce.
/// Killed on the way, the mark makes the next start of the daemon go on here.
/// </summary>
internal sealed class ContainerEraser(ContainerRegistry registry, Snapshots snapshots, ContainerVolumes volumes, NodePaths paths, ContainerEvents events)
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
            ContainerFiles.Remove(paths.Run(container.Id));
            snapshots.Unmount(container.Id);
            await snapshots.RemoveAsync(container.Id, CancellationToken.None);
            var folder = paths.Container(container.Id);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
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
    }
}
