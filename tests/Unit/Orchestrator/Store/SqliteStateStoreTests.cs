using Boreal.Orchestrator.Store;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Orchestrator.Store;

public sealed class SqliteStateStoreTests : StateStoreContract
{
    private readonly TemporaryDirectory _folder = new();

    private string File => Path.Combine(_folder.Path, "apps.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Open_OfAFileWithState_HasItAndGoesOn()
    {
        var path = Path.Combine(_folder.Path, "again.db");
        long revision;
        await using (var first = SqliteStateStore.Open(path))
            revision = (await first.CommitAsync(new StoreTransaction().Put("a", Bytes("1")), CancellationToken.None)).Revision;

        await using var second = SqliteStateStore.Open(path);

        Assert.Equal("1", Text(await second.GetAsync("a", CancellationToken.None)));
        Assert.Equal(revision + 1, (await second.CommitAsync(new StoreTransaction().Put("a", Bytes("2")), CancellationToken.None)).Revision);
    }

    [Fact]
    public async Task Watch_FromBeforeTheFileWasOpened_IsCompacted()
    {
        var path = Path.Combine(_folder.Path, "again.db");
        await using (var first = SqliteStateStore.Open(path))
            await first.CommitAsync(new StoreTransaction().Put("a", Bytes("1")), CancellationToken.None);

        await using var second = SqliteStateStore.Open(path);

        await Assert.ThrowsAsync<CompactedException>(async () =>
        {
            await foreach (var _ in second.WatchAsync("", 0, CancellationToken.None))
                break;
        });
    }

    protected override ValueTask<IStateStore> OpenAsync() => new(SqliteStateStore.Open(File));
}
