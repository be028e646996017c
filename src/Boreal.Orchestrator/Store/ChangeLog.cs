using System.Runtime.CompilerServices;

namespace Boreal.Orchestrator.Store;

/// <summary>
/// The last transactions of a store, in memory. Watchers read at their own pace and hold nothing: one that falls behind what is kept
/// is told so.
/// </summary>
internal sealed class ChangeLog(long revision, int mostTransactions = 4096, int mostBytes = 4 << 20)
{
    private readonly Lock _lock = new();
    private readonly Queue<(StoreChanges Changes, int Bytes)> _kept = [];
    private TaskCompletionSource _appended = NewSignal();
    private long _compacted = revision;
    private long _newest = revision;
    private int _bytes;

    /// <summary>Adds the next transaction, in order of revision.</summary>
    public void Append(StoreChanges changes)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            var bytes = changes.Changes.Sum(change => change.Key.Length + (change.Entry?.Value.Length ?? 0));
            _kept.Enqueue((changes, bytes));
            _bytes += bytes;
            _newest = changes.Revision;
            while (_kept.Count > mostTransactions || (_bytes > mostBytes && _kept.Count > 1))
            {
                var (dropped, size) = _kept.Dequeue();
                _bytes -= size;
                _compacted = dropped.Revision;
            }
            signal = _appended;
            _appended = NewSignal();
        }
        signal.SetResult();
    }

    public async IAsyncEnumerable<StoreChanges> WatchAsync(string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = afterRevision;
        while (true)
        {
            var (found, appended) = ReadAfter(position);
            foreach (var changes in found)
            {
                position = changes.Revision;
                if (Within(changes, prefix) is { } seen)
                    yield return seen;
            }
            if (found.Count == 0)
                await appended.WaitAsync(cancellationToken);
        }
    }

    private (List<StoreChanges> Found, Task Appended) ReadAfter(long position)
    {
        lock (_lock)
        {
            if (position < _compacted)
                throw new CompactedException(_compacted);
            List<StoreChanges> found = [];
            if (position < _newest)
            {
                foreach (var (changes, _) in _kept)
                {
                    if (changes.Revision > position)
                        found.Add(changes);
                }
            }
            return (found, _appended.Task);
        }
    }

    private static StoreChanges? Within(StoreChanges changes, string prefix)
    {
        if (prefix.Length == 0)
            return changes;
        var seen = changes.Changes.Where(change => change.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return seen.Count == 0 ? null : changes with { Changes = seen };
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
