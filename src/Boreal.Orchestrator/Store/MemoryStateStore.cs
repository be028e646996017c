namespace Boreal.Orchestrator.Store;

/// <summary>A store that lives as long as its process.</summary>
public sealed class MemoryStateStore : IStateStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredEntry> _entries = new(StringComparer.Ordinal);
    private readonly ChangeLog _log;
    private long _revision;

    public MemoryStateStore()
        : this(new ChangeLog(0))
    {
    }

    internal MemoryStateStore(ChangeLog log) => _log = log;

    /// <summary>Of the last transaction.</summary>
    internal long Revision
    {
        get
        {
            lock (_lock)
                return _revision;
        }
    }

    public ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        StoreLimits.CheckKey(key);
        lock (_lock)
            return new(_entries.GetValueOrDefault(key));
    }

    public ValueTask<StoredList> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(new StoredList(_revision, [.. _entries.Values.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))]));
    }

    public ValueTask<CommitOutcome> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken)
    {
        StoreLimits.Check(transaction);
        lock (_lock)
        {
            foreach (var (key, expected) in transaction.Expected)
            {
                if ((_entries.GetValueOrDefault(key)?.ModRevision ?? 0) != expected)
                    return new(new CommitOutcome(false, _revision));
            }
            if (transaction.IsEmpty)
                return new(new CommitOutcome(true, _revision));
            _revision++;
            _log.Append(new StoreChanges(_revision, [.. transaction.Writes.Select(write => Write(write.Key, write.Value))]));
            return new(new CommitOutcome(true, _revision));
        }
    }

    public IAsyncEnumerable<StoreChanges> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken) =>
        _log.WatchAsync(prefix, afterRevision, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private StoreChange Write(string key, ReadOnlyMemory<byte>? value)
    {
        if (value is not { } written)
        {
            _entries.Remove(key);
            return new StoreChange(key, null);
        }
        var entry = new StoredEntry(key, written, _entries.GetValueOrDefault(key)?.CreateRevision ?? _revision, _revision);
        _entries[key] = entry;
        return new StoreChange(key, entry);
    }
}
