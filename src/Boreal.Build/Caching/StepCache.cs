using Boreal.Build.Exchange;
using Boreal.Build.Solving;
using Boreal.Engine.Layers;
using Boreal.Engine.State;
using Boreal.Oci.Content;

namespace Boreal.Build.Caching;

/// <summary>
/// Results of steps, kept from build to build. A record's layer is pinned under the record's id: pinned first and recorded second, so a crash
/// between leaves a pin that the next start takes away, never a record without its layer.
/// </summary>
internal sealed class StepCache
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StepRecord> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Table<StepRecord> _table;
    private readonly BuildLayers _layers;
    private readonly TimeProvider _clock;

    public StepCache(Database database, BuildLayers layers, TimeProvider clock)
    {
        (_layers, _clock) = (layers, clock);
        _table = database.Table("build_steps", CachingJsonContext.Default.StepRecord);
        var pinned = layers.Pinned();
        foreach (var (id, record) in _table.Load())
        {
            // A layer that a power loss damaged is gone with its pin.
            if (pinned.Contains(id))
                Index(record);
            else
                _table.Delete(id);
        }

        foreach (var stray in pinned.Where(id => !_records.ContainsKey(id)))
            layers.Unpin(stray);
    }

    /// <summary>The result known by the key, its layer counted as used once by the caller; null when there is none.</summary>
    public StepRecord? TryUse(string key)
    {
        lock (_lock)
        {
            if (!_ids.TryGetValue(key, out var id) || _layers.TryUsePinned(id) is null)
                return null;
            var used = _records[id] with { LastUsedAt = _clock.GetUtcNow(), UsageCount = _records[id].UsageCount + 1 };
            Put(used);
            return used;
        }
    }

    /// <summary>Makes the changes of a tree a result, its layer counted as used once by the caller.</summary>
    public StepRecord Keep(WorkTree tree, IReadOnlyList<string> keys, string description, IReadOnlyList<string> parents, CancellationToken cancellationToken)
    {
        var id = NewId();
        return Remember(New(id, keys, _layers.Keep(tree, id, cancellationToken), description) with { Parents = parents });
    }

    /// <summary>Makes a layer that came from elsewhere, and which the caller keeps here, a result; its layer counts as used once more by the caller.</summary>
    public StepRecord Adopt(ImportedStep step)
    {
        var id = NewId();
        _layers.Use([step.Layer]);
        try
        {
            _layers.Pin(id, step.Layer);
        }
        catch
        {
            _layers.Release([step.Layer]);
            throw;
        }

        return Remember(New(id, step.Keys, step.Layer, step.Description) with { CreatedAt = step.CreatedAt });
    }

    /// <summary>A layer with no file younger than a time, made or known from before; counted as used once by the caller, who holds the original.</summary>
    public async Task<Digest> ClampTimesAsync(SolvedLayer layer, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        var key = StepKey.OfTimes(layer.DiffId, latest);
        if (TryUse(key) is { } known)
            return known.Layer;
        var id = NewId();
        var dated = await _layers.ClampTimesAsync(layer.DiffId, latest, id, cancellationToken);
        return Remember(New(id, [key], dated, $"no file after {latest:O}") with { Parents = layer.Record.Length > 0 ? [layer.Record] : [] }).Layer;
    }

    /// <summary>Gives back a use that was counted here.</summary>
    public void Release(Digest layer) => _layers.Release([layer]);

    /// <summary>Finds a known result by one more key.</summary>
    public void Alias(StepRecord record, string key)
    {
        var gone = new List<string>();
        lock (_lock)
        {
            if (!_records.TryGetValue(record.Id, out var known) || known.Keys.Contains(key))
                return;
            Forget(key, gone);
            Put(known with { Keys = [.. known.Keys, key] });
        }

        Unpin(gone);
    }

    public IReadOnlyList<StepRecord> List()
    {
        lock (_lock)
            return [.. _records.Values];
    }

    /// <summary>False when a build uses it, or it is gone already.</summary>
    public bool TryRemove(string id)
    {
        lock (_lock)
        {
            if (!_records.TryGetValue(id, out var record) || _layers.IsHeld(record.Layer))
                return false;
            Remove(record);
        }

        Unpin([id]);
        return true;
    }

    private static string NewId() => Guid.NewGuid().ToString("N");

    private StepRecord New(string id, IReadOnlyList<string> keys, Digest layer, string description)
    {
        var now = _clock.GetUtcNow();
        return new StepRecord { Id = id, Keys = keys, Layer = layer, Description = description, CreatedAt = now, LastUsedAt = now, UsageCount = 1 };
    }

    private StepRecord Remember(StepRecord record)
    {
        var gone = new List<string>();
        lock (_lock)
        {
            foreach (var key in record.Keys)
                Forget(key, gone);
            Put(record);
        }

        Unpin(gone);
        return record;
    }

    // Outside the lock: files may go with the last use, and there may be many.
    private void Unpin(List<string> gone)
    {
        foreach (var id in gone)
            _layers.Unpin(id);
    }

    private void Put(StepRecord record)
    {
        _table.Put(record.Id, record);
        Index(record);
    }

    private void Index(StepRecord record)
    {
        _records[record.Id] = record;
        foreach (var key in record.Keys)
            _ids[key] = record.Id;
    }

    // A result made anew takes the old one's place; one that nothing leads to any more goes.
    private void Forget(string key, List<string> gone)
    {
        if (!_ids.Remove(key, out var id) || !_records.TryGetValue(id, out var record))
            return;
        var rest = record.Keys.Where(other => other != key).ToList();
        if (rest.Count == 0)
        {
            Remove(record);
            gone.Add(id);
        }
        else
        {
            Put(record with { Keys = rest });
        }
    }

    private void Remove(StepRecord record)
    {
        _records.Remove(record.Id);
        foreach (var key in record.Keys.Where(key => _ids.GetValueOrDefault(key) == record.Id))
            _ids.Remove(key);
        _table.Delete(record.Id);
    }
}
