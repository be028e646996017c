using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Contexts;
using Boreal.Build.Running;
using Boreal.Engine.State;
using Boreal.Tests.Linux.Images;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Linux.Builds;

/// <summary>The cache of builds over a data root of the test's own, with a clock that it turns.</summary>
internal sealed class BuildCacheRig : IAsyncDisposable
{
    private readonly StorageRig _storage = new();
    private Database _database;

    public BuildCacheRig()
    {
        _database = Database.Open(Path.Combine(_storage.Paths.DataRoot, "builds.db"));
        (Steps, Contexts, Folders, Inventory) = Open();
    }

    public TurnedClock Clock { get; } = new();

    public StorageRig Storage => _storage;

    public StepCache Steps { get; private set; }

    public ContextStore Contexts { get; private set; }

    public CacheFolders Folders { get; private set; }

    public CacheInventory Inventory { get; private set; }

    public async Task ReopenAsync()
    {
        await _storage.ReopenAsync();
        _database.Dispose();
        _database = Database.Open(Path.Combine(_storage.Paths.DataRoot, "builds.db"));
        (Steps, Contexts, Folders, Inventory) = Open();
    }

    public CacheCollector Collector(params IReadOnlyList<CacheRule> rules) =>
        new(Inventory, new BuilderDescription { Id = "b", Version = "v", Platforms = ["linux/amd64"], Rules = rules }, Clock, NullLogger<CacheCollector>.Instance);

    /// <summary>The result of a step of so many bytes; in use until its layer is released.</summary>
    public StepRecord Make(string key, int size)
    {
        using var tree = _storage.Storage.Builds.CreateTree([]);
        File.WriteAllText(Path.Combine(tree.Path, key), new string('x', size));
        return Steps.Keep(tree, [key], $"make {key}", [], TestContext.Current.CancellationToken);
    }

    /// <summary>As <see cref="Make"/>, and its build is over.</summary>
    public StepRecord MakeAndLeave(string key, int size)
    {
        var record = Make(key, size);
        _storage.Storage.Builds.Release([record.Layer]);
        return record;
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _database.Dispose();
    }

    private (StepCache Steps, ContextStore Contexts, CacheFolders Folders, CacheInventory Inventory) Open()
    {
        var ledger = new FolderLedger(_database, Clock);
        var steps = new StepCache(_database, _storage.Storage.Builds, Clock);
        var contexts = new ContextStore(Path.Combine(_storage.Paths.DataRoot, "build", "contexts"), ledger);
        var folders = new CacheFolders(_storage.Paths, ledger);
        return (steps, contexts, folders, new CacheInventory(steps, _storage.Storage.Builds, _storage.Storage.Images, ledger, [contexts, folders], _storage.Paths, Clock));
    }
}
