using System.Text;
using Boreal.Orchestrator.Store;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Unit.Orchestrator.Store;

/// <summary>What every store must do. One subclass per store.</summary>
public abstract class StateStoreContract : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private IStateStore? _store;

    private IStateStore Store => _store ?? throw new InvalidOperationException("the test has begun without its store");

    protected abstract ValueTask<IStateStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Get_OfAMissingKey_IsNull() => Assert.Null(await Store.GetAsync("a", Never));

    [Fact]
    public async Task Commit_OfSeveralWrites_IsOneRevision()
    {
        var outcome = await Store.CommitAsync(new StoreTransaction().Put("a", Bytes("1")).Put("b", Bytes("2")), Never);

        Assert.True(outcome.IsCommitted);
        Assert.Equal(outcome.Revision, (await Store.GetAsync("a", Never))?.ModRevision);
        Assert.Equal(outcome.Revision, (await Store.GetAsync("b", Never))?.ModRevision);
    }

    [Fact]
    public async Task Put_OfAnExistingKey_KeepsWhenItWasCreated()
    {
        var first = await PutAsync("a", "1");
        var second = await PutAsync("a", "2");

        var entry = await Store.GetAsync("a", Never);

        Assert.Equal(("2", first, second), (Text(entry), entry?.CreateRevision ?? 0, entry?.ModRevision ?? 0));
        Assert.True(second > first);
    }

    [Fact]
    public async Task Put_AfterADelete_CreatesAnew()
    {
        await PutAsync("a", "1");
        await Store.CommitAsync(new StoreTransaction().Delete("a"), Never);
        var last = await PutAsync("a", "2");

        Assert.Equal(last, (await Store.GetAsync("a", Never))?.CreateRevision);
    }

    [Fact]
    public async Task Commit_WhenAComparisonFails_ChangesNothing()
    {
        var first = await PutAsync("a", "1");

        var outcome = await Store.CommitAsync(new StoreTransaction().Expect("a", first + 7).Put("a", Bytes("2")).Put("b", Bytes("2")), Never);

        Assert.False(outcome.IsCommitted);
        Assert.Equal(first, outcome.Revision);
        Assert.Equal("1", Text(await Store.GetAsync("a", Never)));
        Assert.Null(await Store.GetAsync("b", Never));
    }

    [Fact]
    public async Task Commit_ExpectingAbsence_SucceedsOnce()
    {
        Assert.True((await Store.CommitAsync(new StoreTransaction().Expect("a", 0).Put("a", Bytes("1")), Never)).IsCommitted);
        Assert.False((await Store.CommitAsync(new StoreTransaction().Expect("a", 0).Put("a", Bytes("2")), Never)).IsCommitted);
    }

    [Fact]
    public async Task Commit_WithoutOperations_OnlyCompares()
    {
        var first = await PutAsync("a", "1");

        Assert.Equal(new CommitOutcome(true, first), await Store.CommitAsync(new StoreTransaction().Expect("a", first), Never));
        Assert.Equal(new CommitOutcome(false, first), await Store.CommitAsync(new StoreTransaction().Expect("a", 0), Never));
    }

    [Fact]
    public async Task Commit_OfMoreThanTheLimit_IsRefused()
    {
        var transaction = new StoreTransaction();
        for (var i = 0; i <= StoreTransaction.MostOperations; i++)
            transaction.Put($"k{i}", Bytes("x"));

        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CommitAsync(transaction, Never));
        Assert.Empty((await Store.ListAsync("k", Never)).Entries);
    }

    [Fact]
    public void Put_OfWhatNoStoreKeeps_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new StoreTransaction().Put("", Bytes("x")));
        Assert.Throws<ArgumentException>(() => new StoreTransaction().Put("a b", Bytes("x")));
        Assert.Throws<ArgumentException>(() => new StoreTransaction().Put("ä", Bytes("x")));
        Assert.Throws<ArgumentException>(() => new StoreTransaction().Put(new string('a', 513), Bytes("x")));
        Assert.Throws<ArgumentException>(() => new StoreTransaction().Put("a", new byte[(1 << 20) + 1]));
    }

    [Fact]
    public async Task List_ByPrefix_IsOrderedAndExact()
    {
        foreach (var key in (string[])["a/2", "a/1", "a", "a0", "b/1", "a/1/x"])
            await PutAsync(key, key);

        var list = await Store.ListAsync("a/", Never);

        Assert.Equal(["a/1", "a/1/x", "a/2"], list.Entries.Select(entry => entry.Key));
        Assert.Equal(6, (await Store.ListAsync("", Never)).Entries.Count);
    }

    [Fact]
    public async Task List_OfTenThousandEntries_HasThemAll()
    {
        for (var batch = 0; batch < 100; batch++)
        {
            var transaction = new StoreTransaction();
            for (var i = 0; i < 100; i++)
                transaction.Put($"k/{(batch * 100) + i:D5}", Bytes($"{i}"));
            await Store.CommitAsync(transaction, Never);
        }

        var list = await Store.ListAsync("k/", Never);

        Assert.Equal(10_000, list.Entries.Count);
        Assert.Equal("k/09999", list.Entries[^1].Key);
    }

    [Fact]
    public async Task Watch_FromAList_MissesAndRepeatsNothing()
    {
        await PutAsync("a/1", "1");
        var list = await Store.ListAsync("a/", Never);
        await PutAsync("a/1", "2");
        await PutAsync("b/1", "other");
        await Store.CommitAsync(new StoreTransaction().Put("a/2", Bytes("3")).Delete("a/1").Put("b/2", Bytes("other")), Never);

        var seen = await TakeAsync("a/", list.Revision, 2, Never);

        Assert.Equal(["a/1=2"], Describe(seen[0]));
        Assert.Equal(["a/1=", "a/2=3"], Describe(seen[1]).Order(StringComparer.Ordinal));
        Assert.True(seen[1].Revision > seen[0].Revision);
    }

    [Fact]
    public async Task Watch_BeforeAnythingHappens_SeesItLive()
    {
        var watching = TakeAsync("", 0, 1, Never);
        Assert.False(watching.IsCompleted);

        await PutAsync("a", "1");

        Assert.Equal(["a=1"], Describe((await watching)[0]));
    }

    [Fact]
    public async Task Watch_FromTheMiddle_ResumesThere()
    {
        await PutAsync("a", "1");
        var middle = await PutAsync("a", "2");
        await PutAsync("a", "3");

        Assert.Equal(["a=3"], Describe((await TakeAsync("a", middle, 1, Never))[0]));
    }

    [Fact]
    public async Task Watch_FromWhatIsNoLongerKept_SaysSo()
    {
        for (var i = 0; i < 5000; i++)
            await PutAsync("a", "1");

        var compacted = await Assert.ThrowsAsync<CompactedException>(() => TakeAsync("a", 0, 1, Never));

        Assert.True(compacted.Oldest > 0);
        var newest = (await Store.ListAsync("", Never)).Revision;
        Assert.Equal(newest, (await TakeAsync("a", newest - 1, 1, Never))[0].Revision);
    }

    [Fact]
    public async Task Watch_WhenCancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        var watching = TakeAsync("", 0, 1, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Commit_ByManyAtOnce_LosesNothing()
    {
        await PutAsync("n", "0");
        await Parallel.ForAsync(0, 8, async (_, cancellationToken) =>
        {
            for (var done = 0; done < 25;)
            {
                var entry = await Store.GetAsync("n", cancellationToken) ?? throw new InvalidOperationException("the counter is gone");
                var next = Bytes($"{int.Parse(Text(entry)) + 1}");
                if ((await Store.CommitAsync(new StoreTransaction().Expect("n", entry.ModRevision).Put("n", next), cancellationToken)).IsCommitted)
                    done++;
            }
        });

        Assert.Equal("200", Text(await Store.GetAsync("n", Never)));
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(StoredEntry? entry) => entry is null ? "" : Encoding.UTF8.GetString(entry.Value.Span);

    private async Task<long> PutAsync(string key, string value) => (await Store.CommitAsync(new StoreTransaction().Put(key, Bytes(value)), Never)).Revision;

    private async Task<List<StoreChanges>> TakeAsync(string prefix, long after, int count, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Eventually.Patience);
        var seen = new List<StoreChanges>();
        await foreach (var changes in Store.WatchAsync(prefix, after, deadline.Token))
        {
            seen.Add(changes);
            if (seen.Count == count)
                break;
        }
        return seen;
    }

    private static IEnumerable<string> Describe(StoreChanges changes) => changes.Changes.Select(change => $"{change.Key}={Text(change.Entry)}");
}
