namespace Boreal.Orchestrator.Store;

/// <summary>
/// Where desired and observed state is kept: values by key, with a revision that grows by one per transaction. The contract is what
/// etcd can hold: keys of printable ASCII up to 512 bytes, values up to 1 MiB, 120 operations in a transaction.
/// </summary>
public interface IStateStore : IAsyncDisposable
{
    ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Every entry whose key begins with <paramref name="prefix"/>, by key, all at one revision.</summary>
    ValueTask<StoredList> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Carries out all operations, or none when a comparison does not hold.</summary>
    ValueTask<CommitOutcome> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken);

    /// <summary>
    /// Every transaction after <paramref name="afterRevision"/> that touches the prefix, in order, each once and whole, without end.
    /// </summary>
    /// <exception cref="CompactedException">The store no longer knows what happened since then: list anew.</exception>
    IAsyncEnumerable<StoreChanges> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken);
}
