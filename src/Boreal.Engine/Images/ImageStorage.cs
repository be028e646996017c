using Boreal.Engine.Containers;
using Boreal.Engine.Content;
using Boreal.Engine.Events;
using Boreal.Engine.Layers;
using Boreal.Engine.State;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Images;

/// <summary>The rooms of images, layers and container file systems, opened together over one data root.</summary>
public sealed class ImageStorage : IAsyncDisposable
{
    public ImageStorage(NodePaths paths, Database database, ContainerRegistry containers, EventLog events, TimeProvider time, ILoggerFactory loggers)
    {
        var layers = Layers = new LayerStore(paths, database, loggers.CreateLogger<LayerStore>());
        var mounts = new OverlayMounts(layers.Folder);
        var initLayers = new InitLayers(layers, mounts, database);
        Blobs = new BlobStore(paths, database, layers, time, loggers.CreateLogger<BlobStore>());
        Blobs.DropTorn();
        Sync = new LayerSync([layers.Sync, Blobs.Sync], loggers.CreateLogger<LayerSync>());
        Images = new ImageStore(database, layers, initLayers, events, time) { Removed = Blobs.Forget };
        Blobs.NamedManifests = Images.Manifests;
        Builds = new BuildLayers(database, layers, mounts, Sync);
        Assembler = new ImageAssembler(Images, layers);
        Snapshots = new Snapshots(paths, database, layers, initLayers, mounts)
        {
            RemoveUnused = () =>
            {
                initLayers.RemoveUnused(Images.List().Select(image => image.Id.ToString()).ToHashSet());
                layers.RemoveUnused(initLayers.Numbers);
                Blobs.Sweep(everything: false);
            },
        };
        Importer = new ImageImporter(Images, layers, Sync, time);
        Loader = new ImageLoader(Images, layers, Sync);
        Saver = new ImageSaver(Images, layers);
        Remover = new ImageRemover(Images, containers);
        Pruner = new ImagePruner(Images, Remover, containers, () => Blobs.Sweep(everything: true));
        Committer = new ImageCommitter(Images, Snapshots, layers, Sync, time);
        Sync.Request();
    }

    public ImageStore Images { get; }

    public Snapshots Snapshots { get; }

    internal LayerStore Layers { get; }

    internal BlobStore Blobs { get; }

    internal LayerSync Sync { get; }

    public ImageImporter Importer { get; }

    public ImageLoader Loader { get; }

    public ImageSaver Saver { get; }

    public ImageRemover Remover { get; }

    public ImagePruner Pruner { get; }

    public ImageCommitter Committer { get; }

    public ImageAssembler Assembler { get; }

    public BuildLayers Builds { get; }

    public async ValueTask DisposeAsync()
    {
        await Layers.Cleaning;
        await Sync.DisposeAsync();
    }
}
