using Microsoft.Data.Sqlite;

namespace Boreal.Orchestrator.Store;

/// <summary>The prepared statements of a <see cref="SqliteStateStore"/>. Its owner holds the lock.</summary>
internal sealed class SqliteStatements : IDisposable
{
    private readonly SqliteCommand _get;
    private readonly SqliteCommand _list;
    private readonly SqliteCommand _modified;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _readRevision;
    private readonly SqliteCommand _writeRevision;

    public SqliteStatements(SqliteConnection connection)
    {
        _get = connection.CreateCommand();
        _get.CommandText = "SELECT key, value, created, modified FROM entries WHERE key = $key";
        _list = connection.CreateCommand();
        _list.CommandText = "SELECT key, value, created, modified FROM entries WHERE key >= $key AND key < $end ORDER BY key";
        _modified = connection.CreateCommand();
        _modified.CommandText = "SELECT modified FROM entries WHERE key = $key";
        _put = connection.CreateCommand();
        _put.CommandText = """
            INSERT INTO entries (key, value, created, modified) VALUES ($key, $value, $revision, $revision)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, modified = excluded.modified RETURNING created
            """;
        _delete = connection.CreateCommand();
        _delete.CommandText = "DELETE FROM entries WHERE key = $key";
        _readRevision = connection.CreateCommand();
        _readRevision.CommandText = "SELECT value FROM revision";
        _writeRevision = connection.CreateCommand();
        _writeRevision.CommandText = "UPDATE revision SET value = $revision";
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_get, _list, _modified, _put, _delete])
            Add(command, "$key");
        Add(_list, "$end");
        Add(_put, "$value");
        Add(_put, "$revision");
        Add(_writeRevision, "$revision");
    }

    public StoredEntry? Get(string key)
    {
        _get.Parameters["$key"].Value = key;
        using var reader = _get.ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }

    public List<StoredEntry> List(string prefix, string end)
    {
        _list.Parameters["$key"].Value = prefix;
        _list.Parameters["$end"].Value = end;
        var found = new List<StoredEntry>();
        using var reader = _list.ExecuteReader();
        while (reader.Read())
            found.Add(Read(reader));
        return found;
    }

    /// <summary>0 when there is no such key.</summary>
    public long ModRevision(string key)
    {
        _modified.Parameters["$key"].Value = key;
        return _modified.ExecuteScalar() is long revision ? revision : 0;
    }

    /// <returns>The revision at which the key was created.</returns>
    public long Put(string key, ReadOnlyMemory<byte> value, long revision)
    {
        _put.Parameters["$key"].Value = key;
        _put.Parameters["$value"].Value = value.ToArray();
        _put.Parameters["$revision"].Value = revision;
        return _put.ExecuteScalar() is long created ? created : throw new InvalidDataException($"the entry '{key}' was written and has no revision");
    }

    public void Delete(string key)
    {
        _delete.Parameters["$key"].Value = key;
        _delete.ExecuteNonQuery();
    }

    public long ReadRevision() => _readRevision.ExecuteScalar() is long revision ? revision : throw new InvalidDataException("the store has no revision");

    public void WriteRevision(long revision)
    {
        _writeRevision.Parameters["$revision"].Value = revision;
        _writeRevision.ExecuteNonQuery();
    }

    /// <summary>The transaction that the writing statements belong to from now on.</summary>
    public void Enlist(SqliteTransaction? transaction)
    {
        _put.Transaction = transaction;
        _delete.Transaction = transaction;
        _writeRevision.Transaction = transaction;
    }

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_get, _list, _modified, _put, _delete, _readRevision, _writeRevision])
            command.Dispose();
    }

    private static StoredEntry Read(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetInt64(3));

    private static void Add(SqliteCommand command, string name) => command.Parameters.Add(new SqliteParameter { ParameterName = name });
}
