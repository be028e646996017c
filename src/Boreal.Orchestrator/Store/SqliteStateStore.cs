using Microsoft.Data.Sqlite;

namespace Boreal.Orchestrator.Store;

/// <summary>
/// A store in one SQLite file. What was committed survives the death of this process; the last transactions may be lost with the
/// machine's power, never torn. Changes since it was opened can be watched. One connection, one lock: calls take microseconds.
/// </summary>
public sealed class SqliteStateStore : IStateStore
{
    private const string Schema = """
        PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA cache_size=-256;
        CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value BLOB NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS revision (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL);
        INSERT OR IGNORE INTO revision (id, value) VALUES (1, 0);
        """;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _statements;
    private readonly ChangeLog _log;
    private long _revision;

    private SqliteStateStore(SqliteConnection connection)
    {
        _connection = connection;
        _statements = new SqliteStatements(connection);
        _revision = _statements.ReadRevision();
        _log = new ChangeLog(_revision);
    }

    /// <summary>Opens or creates the file. Its folder must exist.</summary>
    public static SqliteStateStore Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Schema;
            command.ExecuteNonQuery();
            return new SqliteStateStore(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public ValueTask<StoredEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        StoreLimits.CheckKey(key);
        lock (_lock)
            return new(_statements.Get(key));
    }

    public ValueTask<StoredList> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(new StoredList(_revision, _statements.List(prefix, StoreLimits.EndOf(prefix))));
    }

    public ValueTask<CommitOutcome> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken)
    {
        StoreLimits.Check(transaction);
        lock (_lock)
        {
            foreach (var (key, expected) in transaction.Expected)
            {
                if (_statements.ModRevision(key) != expected)
                    return new(new CommitOutcome(false, _revision));
            }
            if (transaction.IsEmpty)
                return new(new CommitOutcome(true, _revision));
            var revision = _revision + 1;
            var changes = Write(transaction, revision);
            _revision = revision;
            _log.Append(new StoreChanges(revision, changes));
            return new(new CommitOutcome(true, revision));
        }
    }

    public IAsyncEnumerable<StoreChanges> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken) =>
        _log.WatchAsync(prefix, afterRevision, cancellationToken);

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _statements.Dispose();
            _connection.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private List<StoreChange> Write(StoreTransaction transaction, long revision)
    {
        var changes = new List<StoreChange>(transaction.Writes.Count);
        using var sql = _connection.BeginTransaction();
        _statements.Enlist(sql);
        foreach (var (key, value) in transaction.Writes)
        {
            if (value is { } written)
                changes.Add(new StoreChange(key, new StoredEntry(key, written, _statements.Put(key, written, revision), revision)));
            else
            {
                _statements.Delete(key);
                changes.Add(new StoreChange(key, null));
            }
        }
        _statements.WriteRevision(revision);
        sql.Commit();
        _statements.Enlist(null);
        return changes;
    }
}
