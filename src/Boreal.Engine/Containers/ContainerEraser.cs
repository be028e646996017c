using Boreal.Engine.Layers;
using Boreal.Engine.State;

namespace Boreal.Engine.Containers;

/// <summary>
/// Stopped -> gone: (1) mark, (2) shim, root file system, folder, (3) record and announce.
/// Killed on the way, the mark makes the next start of the daemon go on here.
/// </summary>
internal sealed class ContainerEraser(ContainerRegistry registry, Snapshots snapshots, NodePaths paths, ContainerEvents events)
{
    /// <summary>The caller holds the claim; there is no process.</summary>
    public async Task EraseAsync(Container container)
    {
        var last = container.Status;
        registry.Update(container, last with { State = ContainerState.Removing });                        // (1)
        try
        {
            await ContainerShims.DropAsync(container);                                                    // (2)
            ContainerFiles.Remove(paths.Run(container.Id));
            snapshots.Unmount(container.Id);
            await snapshots.RemoveAsync(container.Id, CancellationToken.None);
            var folder = paths.Container(container.Id);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
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
