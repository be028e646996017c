using System.Collections.Concurrent;
using System.Collections.Immutable;
using Boreal.Registry.Blobs;
using Boreal.Registry.Storage;

namespace Boreal.Registry.Repositories;

/// <summary>All repositories. One is read from disk when it is first asked for.</summary>
internal sealed class RepositoryStore(DataPaths paths, BlobStore blobs, RegistryOptions options)
{
    private readonly ConcurrentDictionary<RepositoryName, Lazy<Task<Repository>>> _loaded = new();
    private readonly ConcurrentDictionary<RepositoryName, bool> _places = new();
    private ImmutableSortedSet<string> _names = ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal);

    /// <summary>All that may hold blobs, with a manifest or not yet.</summary>
    public IEnumerable<RepositoryName> Places => _places.Keys;

    /// <summary>Repositories that have had a manifest, in the order they are listed.</summary>
    public ImmutableSortedSet<string> Names => Volatile.Read(ref _names);

    /// <summary>Finds the repositories on disk.</summary>
    public void Scan()
    {
        Directory.CreateDirectory(paths.Repositories);
        var places = NamesOnDisk();
        foreach (var place in places)
            Remember(place);
        var found = places.Where(name => File.Exists(paths.Index(name))).Select(name => name.Value);
        Volatile.Write(ref _names, Names.Union(found));
    }

    /// <summary>All that have a place on disk, also those that never had a manifest.</summary>
    public IReadOnlyList<RepositoryName> NamesOnDisk()
    {
        var found = new List<RepositoryName>();
        Search("", found);
        return found;
    }

    /// <summary>The repository, or null when it never had a manifest.</summary>
    public async ValueTask<Repository?> FindAsync(RepositoryName name) =>
        Names.Contains(name.Value) ? await LoadAsync(name) : null;

    /// <summary>The repository, which need not be on disk yet.</summary>
    public async ValueTask<Repository> GetAsync(RepositoryName name) => await LoadAsync(name);

    /// <summary>To be called when a repository has got a blob.</summary>
    public void Remember(RepositoryName name) => _places.TryAdd(name, true);

    /// <summary>To be called when a repository has got its first manifest.</summary>
    public void Announce(RepositoryName name)
    {
        if (!Names.Contains(name.Value))
            ImmutableInterlocked.Update(ref _names, names => names.Add(name.Value));
    }

    /// <summary>To be called when an empty repository has been removed from disk.</summary>
    public void Forget(RepositoryName name)
    {
        _places.TryRemove(name, out _);
        ImmutableInterlocked.Update(ref _names, names => names.Remove(name.Value));
    }

    private Task<Repository> LoadAsync(RepositoryName name)
    {
        var loading = _loaded.GetOrAdd(name, key => new Lazy<Task<Repository>>(() => ReadAsync(key)));
        var task = loading.Value;
        // What failed, for want of descriptors for example, may go well the next time.
        if (task.IsFaulted)
            _loaded.TryRemove(KeyValuePair.Create(name, loading));
        return task;
    }

    private async Task<Repository> ReadAsync(RepositoryName name) =>
        new(name, await new RepositoryLoader(paths, blobs, options).LoadAsync(name), paths);

    private void Search(string folder, List<RepositoryName> found)
    {
        foreach (var path in Directory.EnumerateDirectories(Path.Combine(paths.Repositories, folder)))
        {
            var component = Path.GetFileName(path);
            // A layout's own blobs; a repository of that name lies in _blobs.
            if (component != "blobs")
                Search(Path.Combine(folder, component), found);
            else if (DataPaths.NameOf(folder) is { } name)
                found.Add(name);
        }
    }
}
