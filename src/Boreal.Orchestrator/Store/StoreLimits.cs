namespace Boreal.Orchestrator.Store;

/// <summary>What every store refuses, so that a change of store changes nothing.</summary>
internal static class StoreLimits
{
    private const int LongestKey = 512;
    private const int LargestValue = 1 << 20;

    // Above every character of a key: the end of a prefix's range.
    private const char AfterLast = '\x7f';

    public static string CheckKey(string key)
    {
        if (key.Length is 0 or > LongestKey)
            throw new ArgumentException($"a key has 1 to {LongestKey} characters, this one {key.Length}", nameof(key));
        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException($"the key '{key}' has a character that is not printable ASCII", nameof(key));
        return key;
    }

    public static ReadOnlyMemory<byte> CheckValue(string key, ReadOnlyMemory<byte> value) =>
        value.Length <= LargestValue ? value : throw new ArgumentException($"the value of '{key}' has {value.Length} bytes, at most {LargestValue} are kept", nameof(value));

    public static void Check(StoreTransaction transaction)
    {
        if (transaction.Writes.Count > StoreTransaction.MostOperations || transaction.Expected.Count > StoreTransaction.MostOperations)
            throw new ArgumentException($"a transaction has at most {StoreTransaction.MostOperations} operations", nameof(transaction));
    }

    /// <summary>The first key after all those that begin with <paramref name="prefix"/>.</summary>
    public static string EndOf(string prefix) => prefix + AfterLast;
}
