namespace Boreal.Oci.Distribution.Toml;

/// <summary>Keys in the order of the file. A value is a string, a bool, a long, a list of values or a table.</summary>
internal sealed class TomlTable
{
    private readonly List<KeyValuePair<string, object>> _entries = [];

    public IReadOnlyList<KeyValuePair<string, object>> Entries => _entries;

    public object? this[string key] => _entries.FirstOrDefault(entry => entry.Key == key).Value;

    /// <summary>False when the key has a value already.</summary>
    public bool TryAdd(string key, object value)
    {
        if (this[key] is not null)
            return false;
        _entries.Add(new(key, value));
        return true;
    }
}
