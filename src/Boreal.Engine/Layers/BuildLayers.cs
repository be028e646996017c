using Boreal.Engine.Errors;
using Boreal.Engine.State;
using Boreal.Linux.Descriptors;
using Boreal.Oci.Content;

namespace Boreal.Engine.Layers;

/// <summary>
/// Layers as builds make and keep them. A layer lives while it is pinned, while somebody counts it as used, or while an image has it.
/// </summary>
public sealed class BuildLayers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Digest> _pins = new(StringComparer.Ordinal);
    private readonly Table<LayerPin> _table;
    private readonly LayerStore _layers;
    private readonly OverlayMounts _mounts;
    private readonly LayerSync _sync;

    internal BuildLayers(Database database, LayerStore layers, OverlayMounts mounts, LayerSync sync)
    {
        (_layers, _mounts, _sync) = (layers, mounts, sync);
        _table = database.Table("layer_pins", StorageJson.Default.LayerPin);
        var damaged = layers.FindDamaged().ToHashSet();
        foreach (var (key, pin) in _table.Load())
        {
            if (damaged.Contains(pin.DiffId) || layers.TryUse(pin.DiffId) is null)
                _table.Delete(key);
            else
                _pins.Add(key, pin.DiffId);
        }
    }

    /// <summary>A tree to change, on these layers, bottom first.</summary>
    /// <exception cref="EngineException">NotFound: a layer is gone.</exception>
    public WorkTree CreateTree(IReadOnlyList<Digest> below)
    {
        Use(below);
        try
        {
            return new WorkTree(_layers, _mounts, [.. below]);
        }
        catch
        {
            _layers.Release(below);
            throw;
        }
    }

    /// <summary>Makes the changes of a tree a layer, pinned under the key and counted as used once by the caller.</summary>
    public Digest Keep(WorkTree tree, string key, CancellationToken cancellationToken)
    {
        var layer = tree.Keep(cancellationToken);
        try
        {
            Pin(key, layer.DiffId);
        }
        catch
        {
            _layers.Release([layer.DiffId]);
            throw;
        }

        _sync.Request();
        return layer.DiffId;
    }

    /// <summary>Counts a use of each, so that they stay until they are released.</summary>
    /// <exception cref="EngineException">NotFound: a layer is gone; then none is counted.</exception>
    public void Use(IReadOnlyList<Digest> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            if (_layers.TryUse(layers[i]) is not null)
                continue;
            _layers.Release(layers.Take(i));
            throw new EngineException(ErrorKind.NotFound, $"layer {layers[i]} is gone, build again");
        }
    }

    public void Release(IEnumerable<Digest> layers) => _layers.Release(layers);

    /// <summary>Bytes of the layer's files.</summary>
    public long SizeOf(Digest layer) => _layers.Get(layer).Size;

    /// <summary>The pinned layer, counted as used once by the caller; null when there is none.</summary>
    public Digest? TryUsePinned(string key)
    {
        lock (_lock)
        {
            return _pins.TryGetValue(key, out var layer) && _layers.TryUse(layer) is not null ? layer : null;
        }
    }

    /// <summary>All keys that layers are pinned by.</summary>
    public IReadOnlySet<string> Pinned()
    {
        lock (_lock)
            return _pins.Keys.ToHashSet();
    }

    /// <summary>Keeps a layer, which the caller counts as used, until the key is unpinned.</summary>
    public void Pin(string key, Digest layer)
    {
        Digest? before = null;
        lock (_lock)
        {
            if (_pins.TryGetValue(key, out var known))
            {
                if (known == layer)
                    return;
                before = known;
            }

            Use([layer]);
            _table.Put(key, new LayerPin(layer));
            _pins[key] = layer;
        }

        if (before is { } old)
            _layers.Release([old]);
    }

    public void Unpin(string key)
    {
        Digest layer;
        lock (_lock)
        {
            if (!_pins.Remove(key, out layer))
                return;
            _table.Delete(key);
        }

        _layers.Release([layer]);
    }
}
