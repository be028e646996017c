using Boreal.Orchestrator.Store;

namespace Boreal.Tests.Unit.Orchestrator.Rig;

/// <summary>A store as a process sees it: what it writes is an act of its life.</summary>
internal sealed class MortalStore(IStateStore store, Lifetime life) : IStateStore
{
    public ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancellationToken) => store.GetAsync(key, cancellationToken);

    public ValueTask<StoredList> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

    public ValueTask<CommitOutcome> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken) =>
        new(life.ActAsync(() => store.CommitAsync(transaction, cancellationToken).AsTask()));

    public IAsyncEnumerable<StoreChanges> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken) =>
        store.WatchAsync(prefix, afterRevision, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
