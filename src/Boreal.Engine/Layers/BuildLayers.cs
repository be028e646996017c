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
    private readonly Dictionary<Digest, int> _held = [];
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
            return new WorkTree(_layers, _mounts, [.. below], Release);
        }
        catch
        {
            Release(below);
            throw;
        }
    }

    /// <summary>Makes the changes of a tree a layer, pinned under the key and counted as used once by the caller.</summary>
    public Digest Keep(WorkTree tree, string key, CancellationToken cancellationToken) => Keep(tree.Keep(cancellationToken).DiffId, key);

    /// <summary>The layer, which the caller holds, with no file younger than a time: pinned under the key and counted as used once by the caller.</summary>
    public async Task<Digest> ClampTimesAsync(Digest layer, DateTimeOffset latest, string key, CancellationToken cancellationToken)
    {
        var dated = await new LayerDater(_layers).RunAsync(layer, latest, cancellationToken);
        return Keep(dated.DiffId, key);
    }

    /// <summary>Counts a use of each, so that they stay until they are released.</summary>
    /// <exception cref="EngineException">NotFound: a layer is gone; then none is counted.</exception>
    public void Use(IReadOnlyList<Digest> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            if (_layers.TryUse(layers[i]) is not null)
            {
                Hold(layers[i]);
                continue;
            }

            Release(layers.Take(i));
            throw Gone(layers[i]);
        }
    }

    /// <summary>Gives uses back that were counted here.</summary>
    public void Release(IEnumerable<Digest> layers)
    {
        foreach (var layer in layers)
        {
            lock (_lock)
            {
                if (--_held[layer] == 0)
                    _held.Remove(layer);
            }

            _layers.Release([layer]);
        }
    }

    /// <summary>Whether a build works with the layer now.</summary>
    public bool IsHeld(Digest layer)
    {
        lock (_lock)
            return _held.ContainsKey(layer);
    }

    /// <summary>Bytes of the layer's files; null when it is gone.</summary>
    public long? TrySizeOf(Digest layer) => _layers.TryGet(layer)?.Size;

    /// <summary>The pinned layer, counted as used once by the caller; null when there is none.</summary>
    public Digest? TryUsePinned(string key)
    {
        lock (_lock)
        {
            if (!_pins.TryGetValue(key, out var layer) || _layers.TryUse(layer) is null)
                return null;
            Hold(layer);
            return layer;
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

            _ = _layers.TryUse(layer) ?? throw Gone(layer);
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

    // The caller's use of it is one of ours.
    private Digest Keep(Digest layer, string key)
    {
        Hold(layer);
        try
        {
            Pin(key, layer);
        }
        catch
        {
            Release([layer]);
            throw;
        }

        _sync.Request();
        return layer;
    }

    private void Hold(Digest layer)
    {
        lock (_lock)
            _held[layer] = _held.GetValueOrDefault(layer) + 1;
    }

    private static EngineException Gone(Digest layer) => new(ErrorKind.NotFound, $"layer {layer} is gone, build again");
}
