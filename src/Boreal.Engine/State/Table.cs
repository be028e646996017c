using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;

namespace Boreal.Engine.State;

/// <summary>JSON documents by key. Every call is one statement, inside the surrounding <see cref="Database.Transaction"/> if there is one.</summary>
public sealed class Table<T>
{
    private readonly Lock _lock;
    private readonly JsonTypeInfo<T> _type;
    private readonly SqliteCommand _load;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;

    internal Table(SqliteConnection connection, Lock @lock, string name, JsonTypeInfo<T> type)
    {
        _lock = @lock;
        _type = type;
        _load = Prepare(connection, $"SELECT key, value FROM \"{name}\" ORDER BY key");
        _put = Prepare(connection, $"INSERT INTO \"{name}\" (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = excluded.value", "$key", "$value");
        _delete = Prepare(connection, $"DELETE FROM \"{name}\" WHERE key = $key", "$key");
    }

    /// <summary>Everything, ordered by key.</summary>
    public IReadOnlyList<KeyValuePair<string, T>> Load()
    {
        lock (_lock)
        {
            var rows = new List<KeyValuePair<string, T>>();
            using var reader = _load.ExecuteReader();
            while (reader.Read())
            {
                var value = JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(1), _type)
                    ?? throw new InvalidDataException($"the stored document '{reader.GetString(0)}' is null");
                rows.Add(new(reader.GetString(0), value));
            }

            return rows;
        }
    }

    /// <summary>Inserts or replaces.</summary>
    public void Put(string key, T value)
    {
        var document = JsonSerializer.SerializeToUtf8Bytes(value, _type);
        lock (_lock)
        {
            _put.Parameters[0].Value = key;
            _put.Parameters[1].Value = document;
            _put.ExecuteNonQuery();
        }
    }

    /// <summary>Removes; no error when there is none.</summary>
    public void Delete(string key)
    {
        lock (_lock)
        {
            _delete.Parameters[0].Value = key;
            _delete.ExecuteNonQuery();
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        // Table names are constants of ours; values go in as parameters.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return command;
    }
}
