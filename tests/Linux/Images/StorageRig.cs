using Boreal.Engine.Archives;
using Boreal.Engine.Containers;
using Boreal.Engine.Events;
using Boreal.Engine.Images;
using Boreal.Engine.State;
using Boreal.Engine.Volumes;
using Boreal.Tests.TestKit.Machine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Linux.Images;

/// <summary>The storage rooms over a data root of the test's own.</summary>
internal sealed class StorageRig : IAsyncDisposable
{
    private readonly TemporaryDirectory _data = new("/var/tmp");
    private Database _database;

    public StorageRig()
    {
        Requirements.Root();
        (_database, Storage, Volumes) = Open();
    }

    public ImageStorage Storage { get; private set; }

    public VolumeStore Volumes { get; private set; }

    public ContainerArchives Archives => new(Storage.Snapshots, new ContainerMounts(Volumes, Storage.Snapshots, Paths, NullLogger<ContainerMounts>.Instance));

    public NodePaths Paths => new(_data.Path, Path.Combine(_data.Path, "run"));

    /// <summary>As after the daemon's death: everything is read again from disk.</summary>
    public async Task ReopenAsync()
    {
        await Storage.DisposeAsync();
        _database.Dispose();
        (_database, Storage, Volumes) = Open();
    }

    public Task<Image> ImportAsync(byte[] tar, string? reference = null) =>
        Storage.Importer.ImportAsync(new MemoryStream(tar), new ImageImport { Reference = reference }, TestContext.Current.CancellationToken);

    public async Task<byte[]> SaveAsync(params string[] names)
    {
        var target = new MemoryStream();
        await Task.Run(() => Storage.Saver.Save(Storage.Saver.Resolve(names), target, TestContext.Current.CancellationToken));
        return target.ToArray();
    }

    public async Task<List<ImageNotice>> LoadAsync(byte[] archive)
    {
        var notices = new List<ImageNotice>();
        await Storage.Loader.LoadAsync(new MemoryStream(archive), notices.Add, TestContext.Current.CancellationToken);
        return notices;
    }

    /// <summary>Folders under layers/: what a failed operation must not add to.</summary>
    public string[] LayerFolders() => [.. Directory.GetDirectories(Path.Combine(_data.Path, "layers")).Select(folder => Path.GetFileName(folder) ?? "").Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Storage.Snapshots.StartAsync(new HashSet<ContainerId>(), CancellationToken.None);
        await Storage.DisposeAsync();
        _database.Dispose();
        _data.Dispose();
    }

    private (Database Database, ImageStorage Storage, VolumeStore Volumes) Open()
    {
        var database = Database.Open(Path.Combine(_data.Path, "boreal.db"));
        var containers = new ContainerRegistry(database);
        var events = new EventLog(TimeProvider.System);
        return (
            database,
            new ImageStorage(Paths, database, containers, events, TimeProvider.System, NullLoggerFactory.Instance),
            new VolumeStore(Paths, database, new VolumeEvents(events), TimeProvider.System, NullLogger<VolumeStore>.Instance));
    }
}
