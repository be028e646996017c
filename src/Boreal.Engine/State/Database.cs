using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;

namespace Boreal.Engine.State;

/// <summary>
/// The node's metadata: one SQLite file in WAL mode. A write that returned survives the death of this process;
/// the last ones may be lost with the machine's power, never torn. One connection, one lock: calls take microseconds.
/// </summary>
public sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();

    private Database(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens or creates the file. Its folder must exist.</summary>
    public static Database Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA cache_size=-512");
            return new Database(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A table of JSON documents by key, created when missing. Names come from code, never from input.</summary>
    public Table<T> Table<T>(string name, JsonTypeInfo<T> type)
    {
        lock (_lock)
            Execute(_connection, $"CREATE TABLE IF NOT EXISTS \"{name}\" (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID");
        return new Table<T>(_connection, _lock, name, type);
    }

    /// <summary>Runs the writes of <paramref name="body"/> as one: all are kept or, when it throws, none.</summary>
    public void Transaction(Action body)
    {
        lock (_lock)
        {
            Execute(_connection, "BEGIN IMMEDIATE");
            try
            {
                body();
                Execute(_connection, "COMMIT");
            }
            catch
            {
                Execute(_connection, "ROLLBACK");
                throw;
            }
        }
    }

    public void Dispose() => _connection.Dispose();

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // Only our own constant statements come here.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
