using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Engine.Logs;
using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Engine.Volumes;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Containers;

/// <summary>
/// Nothing -> created: (1) the name, (2) folder and root file system, (3) volumes, (4) record and announce. Until (4) a
/// restart forgets it all.
/// </summary>
public sealed partial class ContainerCreator
{
    private readonly ContainerRegistry _registry;
    private readonly ImageStore _images;
    private readonly Snapshots _snapshots;
    private readonly ContainerVolumes _volumes;
    private readonly NodePaths _paths;
    private readonly ContainerEvents _events;
    private readonly ILogger<ContainerCreator> _logger;

    internal ContainerCreator(
        ContainerRegistry registry, ImageStore images, Snapshots snapshots, ContainerVolumes volumes, NodePaths paths, ContainerEvents events,
        ILogger<ContainerCreator> logger)
    {
        (_registry, _images, _snapshots, _volumes) = (registry, images, snapshots, volumes);
        (_paths, _events, _logger) = (paths, events, logger);
        SpreadFolder.Create(paths.Containers);
        SpreadFolder.Create(paths.Runs);
    }

    /// <exception cref="Errors.EngineException">NotFound: the image. Conflict: the name.</exception>
    public async Task<Container> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var image = _images.Find(spec.ImageId);
        // Log options that cannot work are told now: by the first attach it would be too late for words.
        _ = LogTarget.For(spec, _paths.Log(spec.Id));
        using var name = _registry.ReserveName(spec.Name, spec.Id);                                       // (1)

        await using var undo = new Rollback(exception => Log.UndoFailed(_logger, spec.Id.Short, exception));
        undo.Push(() => _snapshots.RemoveAsync(spec.Id, CancellationToken.None));
        await _snapshots.CreateAsync(spec.Id, image, cancellationToken);                                  // (2)
        var folder = _paths.Container(spec.Id);
        undo.Push(() =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        spec = await _volumes.ClaimAsync(spec, undo, cancellationToken);                                  // (3)

        var container = _registry.Add(spec, new ContainerStatus());                                       // (4)
        undo.Complete();
        _volumes.Confirm(spec);
        _events.Publish(container, "create");
        return container;
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "could not undo the creation of container {Container}; the next start of the daemon does")]
        public static partial void UndoFailed(ILogger logger, string container, Exception exception);
    }
}
