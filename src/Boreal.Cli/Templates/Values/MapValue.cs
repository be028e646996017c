namespace Boreal.Cli.Templates.Values;

/// <summary>A map with text keys, in the order of its keys.</summary>
internal sealed class MapValue : Value
{
    private readonly SortedDictionary<string, Value> _entries = new(StringComparer.Ordinal);
    private readonly string? _json;

    public MapValue(IEnumerable<KeyValuePair<string, Value>> entries, string? json = null)
    {
        foreach (var (key, value) in entries) _entries[key] = value;
        _json = json;
    }

    /// <summary>True: asking for an entry that is missing is an error (docker reads raw answers so).</summary>
    public bool IsStrict { get; init; }

    /// <summary>What <c>index</c> finds under a key that is missing: in Go the zero value of the entries' type.</summary>
    public Value Absent { get; init; } = NilValue.None;

    public IReadOnlyDictionary<string, Value> Entries => _entries;

    public override bool IsTrue => _entries.Count > 0;

    public override string TypeName => "map[string]interface {}";

    public override Value? Field(string name) => _entries.TryGetValue(name, out var value) ? value : IsStrict ? null : NilValue.None;

    public override string Print() => $"map[{string.Join(' ', _entries.Select(entry => $"{entry.Key}:{entry.Value.Print()}"))}]";

    public override string Json() => _json ?? $"{{{string.Join(',', _entries.Select(entry => $"{TextValue.Quote(entry.Key)}:{entry.Value.Json()}"))}}}";
}
