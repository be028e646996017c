namespace Boreal.Compose.Yaml;

/// <summary>A mapping in the order of its file.</summary>
internal sealed class MappingNode(SourcePosition position) : Node(position)
{
    private readonly OrderedDictionary<string, Node> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourcePosition> _keys = new(StringComparer.Ordinal);

    public int Count => _entries.Count;

    public IEnumerable<KeyValuePair<string, Node>> Entries => _entries;

    public IEnumerable<string> Keys => _entries.Keys;

    public override string What => "a mapping";

    public Node? Get(string key) => _entries.GetValueOrDefault(key);

    public MappingNode? Mapping(string key) => Get(key) as MappingNode;

    public SequenceNode? List(string key) => Get(key) as SequenceNode;

    public string? TextOf(string key) => Get(key)?.Text;

    public bool Has(string key) => _entries.ContainsKey(key);

    /// <summary>Where the key is written.</summary>
    public SourcePosition KeyPosition(string key) => _keys.TryGetValue(key, out var position) ? position : Get(key)?.Position ?? Position;

    public void Set(string key, Node value, SourcePosition? keyPosition = null)
    {
        _entries[key] = value;
        if (keyPosition is { } position) _keys[key] = position;
    }

    public bool TryAdd(string key, Node value) => _entries.TryAdd(key, value);

    public bool Remove(string key) => _entries.Remove(key);

    public override Node Copy() => CopyAs(Directive);

    public MappingNode CopyAs(Directive directive)
    {
        var copy = new MappingNode(Position) { Directive = directive };
        foreach (var (key, value) in _entries) copy.Set(key, value.Copy(), KeyPosition(key));
        return copy;
    }
}
