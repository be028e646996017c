using Boreal.Engine.Containers;
using Boreal.Engine.Events;
using Boreal.Engine.Layers;
using Boreal.Engine.State;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Images;

/// <summary>The rooms of images, layers and container file systems, opened together over one data root.</summary>
public sealed class ImageStorage : IAsyncDisposable
{
    private readonly LayerStore _layers;
    private readonly LayerSync _sync;

    public ImageStorage(NodePaths paths, Database database, ContainerRegistry containers, EventLog events, TimeProvider time, ILoggerFactory loggers)
    {
        var layers = _layers = new LayerStore(paths, database, loggers.CreateLogger<LayerStore>());
        var mounts = new OverlayMounts(layers.Folder);
        var initLayers = new InitLayers(layers, mounts, database);
        _sync = new LayerSync(layers, loggers.CreateLogger<LayerSync>());
        Images = new ImageStore(database, layers, initLayers, events, time);
        Snapshots = new Snapshots(paths, database, layers, initLayers, mounts)
        {
            RemoveUnused = () =>
            {
                initLayers.RemoveUnused(Images.List().Select(image => image.Id.ToString()).ToHashSet());
                layers.RemoveUnused(initLayers.Numbers);
            },
        };
        Importer = new ImageImporter(Images, layers, _sync, time);
        Loader = new ImageLoader(Images, layers, _sync);
        Saver = new ImageSaver(Images, layers);
        Remover = new ImageRemover(Images, containers);
        Pruner = new ImagePruner(Images, Remover, containers);
        Committer = new ImageCommitter(Images, Snapshots, layers, _sync, time);
        _sync.Request();
    }

    public ImageStore Images { get; }

    public Snapshots Snapshots { get; }

    public ImageImporter Importer { get; }

    public ImageLoader Loader { get; }

    public ImageSaver Saver { get; }

    public ImageRemover Remover { get; }

    public ImagePruner Pruner { get; }

    public ImageCommitter Committer { get; }

    public async ValueTask DisposeAsync()
    {
        await _layers.Cleaning;
        await _sync.DisposeAsync();
    }
}
