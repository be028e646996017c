using System.Collections.Immutable;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.State;

namespace Boreal.Engine.Containers;

/// <summary>
/// All containers of this node, by id and by name. Readers take a snapshot and never wait; every change is written
/// to the metadata first and shown second.
/// </summary>
public sealed class ContainerRegistry
{
    private readonly Lock _writing = new();
    private readonly Database _database;
    private readonly Table<ContainerSpec> _specs;
    private readonly Table<ContainerStatus> _statuses;
    private readonly Dictionary<string, ContainerId> _reserved = new(StringComparer.Ordinal);
    private volatile ContainerIndex _index;

    /// <summary>Loads what the metadata hold.</summary>
    public ContainerRegistry(Database database)
    {
        _database = database;
        _specs = database.Table("container_specs", ContainerJsonContext.Default.ContainerSpec);
        _statuses = database.Table("container_statuses", ContainerJsonContext.Default.ContainerStatus);
        var statuses = _statuses.Load().ToDictionary(row => row.Key, row => row.Value);
        _index = new ContainerIndex(_specs.Load().Select(row => new Container(row.Value, statuses[row.Key])).ToImmutableArray());
    }

    /// <summary>Every container, newest first.</summary>
    public ImmutableArray<Container> List() => _index.NewestFirst;

    /// <summary>By full id, exact name (with or without slash) or unambiguous id prefix.</summary>
    /// <exception cref="EngineException">NotFound; Invalid when the prefix fits several.</exception>
    public Container Find(string reference)
    {
        if (TryFind(reference) is { } container)
            return container;
        if (_index.CountPrefix(reference) > 1)
            throw new EngineException(ErrorKind.Invalid, $"multiple IDs found with provided prefix: {reference}");
        throw new EngineException(ErrorKind.NotFound, $"No such container: {reference}");
    }

    /// <summary>As <see cref="Find"/>, null when there is none or several.</summary>
    public Container? TryFind(string reference) => _index.Find(reference);

    /// <summary>Holds a name for a container about to be created or renamed, until disposed or taken into use.</summary>
    /// <exception cref="EngineException">Conflict, in Docker's words, when the name is taken.</exception>
    internal IDisposable ReserveName(string name, ContainerId forId)
    {
        lock (_writing)
        {
            ContainerId? holder = _index.FindByName(name)?.Id ?? (_reserved.TryGetValue(name, out var reserved) ? reserved : null);
            if (holder is { } other)
                throw new EngineException(ErrorKind.Conflict,
                    $"Conflict. The container name \"/{name}\" is already in use by container \"{other}\". You have to remove (or rename) that container to be able to reuse that name.");
            _reserved.Add(name, forId);
            return new Reservation(this, name);
        }
    }

    internal Container Add(ContainerSpec spec, ContainerStatus status)
    {
        var container = new Container(spec, status);
        lock (_writing)
        {
            var key = spec.Id.Value;
            _database.Transaction(() =>
            {
                _specs.Put(key, spec);
                _statuses.Put(key, status);
            });
            _index = _index.Add(container);
        }

        return container;
    }

    internal void Update(Container container, ContainerStatus status)
    {
        _statuses.Put(container.Id.Value, status);
        container.Status = status;
    }

    internal void Update(Container container, ContainerSpec spec)
    {
        lock (_writing)
        {
            _specs.Put(container.Id.Value, spec);
            container.Spec = spec;
            _index = new ContainerIndex(_index.NewestFirst);
        }
    }

    /// <summary>Both or none.</summary>
    internal void Update(Container container, ContainerSpec spec, ContainerStatus status)
    {
        lock (_writing)
        {
            var key = spec.Id.Value;
            _database.Transaction(() =>
            {
                _specs.Put(key, spec);
                _statuses.Put(key, status);
            });
            container.Spec = spec;
            container.Status = status;
            _index = new ContainerIndex(_index.NewestFirst);
        }
    }

    internal void Remove(Container container)
    {
        lock (_writing)
        {
            var key = container.Id.Value;
            _database.Transaction(() =>
            {
                _specs.Delete(key);
                _statuses.Delete(key);
            });
            _index = _index.Remove(container);
        }
    }

    private sealed class Reservation(ContainerRegistry registry, string name) : IDisposable
    {
        public void Dispose()
        {
            lock (registry._writing)
                registry._reserved.Remove(name);
        }
    }
}
