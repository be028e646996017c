using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Engine.Logs;
using Boreal.Engine.State;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Containers;

/// <summary>Nothing -> created: (1) the name, (2) folder and root file system, (3) record and announce. Until (3) a restart forgets it all.</summary>
public sealed partial class ContainerCreator(
    ContainerRegistry registry, ImageStore images, Snapshots snapshots, NodePaths paths, ContainerEvents events, ILogger<ContainerCreator> logger)
{
    /// <exception cref="Errors.EngineException">NotFound: the image. Conflict: the name.</exception>
    public async Task<Container> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var image = images.Find(spec.ImageId);
        // Log options that cannot work are told now: by the first attach it would be too late for words.
        _ = LogTarget.For(spec, paths.Log(spec.Id));
        using var name = registry.ReserveName(spec.Name, spec.Id);                                       // (1)

        await using var undo = new Rollback(exception => Log.UndoFailed(logger, spec.Id.Short, exception));
        undo.Push(() => snapshots.RemoveAsync(spec.Id, CancellationToken.None));
        await snapshots.CreateAsync(spec.Id, image, cancellationToken);                                  // (2)
        var folder = paths.Container(spec.Id);
        undo.Push(() =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var container = registry.Add(spec, new ContainerStatus());                                       // (3)
        undo.Complete();
        events.Publish(container, "create");
        return container;
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "could not undo the creation of container {Container}; the next start of the daemon does")]
        public static partial void UndoFailed(ILogger logger, string container, Exception exception);
    }
}
