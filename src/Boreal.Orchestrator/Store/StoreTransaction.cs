namespace Boreal.Orchestrator.Store;

/// <summary>Operations that are carried out together if nothing compared has changed meanwhile.</summary>
public sealed class StoreTransaction
{
    /// <summary>The most comparisons, and the most operations.</summary>
    public const int MostOperations = 120;

    private readonly Dictionary<string, long> _expected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>?> _writes = new(StringComparer.Ordinal);

    /// <summary>The revision each compared key must have been written at; 0: it must not exist.</summary>
    public IReadOnlyDictionary<string, long> Expected => _expected;

    /// <summary>The new values; null deletes.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> Writes => _writes;

    public bool IsEmpty => _writes.Count == 0;

    /// <summary>Only if the key was last written at this revision; 0: only if it does not exist.</summary>
    public StoreTransaction Expect(string key, long modRevision)
    {
        _expected[StoreLimits.CheckKey(key)] = modRevision;
        return this;
    }

    /// <summary>Writes a value; the last word on a key counts.</summary>
    public StoreTransaction Put(string key, ReadOnlyMemory<byte> value)
    {
        _writes[StoreLimits.CheckKey(key)] = StoreLimits.CheckValue(key, value);
        return this;
    }

    /// <summary>Deletes a key; none is no error.</summary>
    public StoreTransaction Delete(string key)
    {
        _writes[StoreLimits.CheckKey(key)] = null;
        return this;
    }
}
