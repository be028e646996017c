namespace Boreal.Cli.Templates.Values;

/// <summary>Columns over items of one type.</summary>
internal sealed class TypedColumns<T>(string typeName) : Columns(typeName)
    where T : notnull
{
    private readonly Dictionary<string, (string Header, Func<T, Value> Read)> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<T, string, string>> _lookups = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public override IReadOnlyList<string> Names => _names;

    public TypedColumns<T> Add(string name, string header, Func<T, string> read) => Add(name, header, item => (Value)new TextValue(read(item)));

    public TypedColumns<T> Add(string name, string header, Func<T, Value> read)
    {
        _names.Add(name);
        _columns[name] = (header, read);
        return this;
    }

    /// <summary>A method with one text argument, such as <c>.Label "key"</c>; not part of the JSON.</summary>
    public TypedColumns<T> AddLookup(string name, Func<T, string, string> read)
    {
        _lookups[name] = read;
        return this;
    }

    public override string Header(string name) => _columns[name].Header;

    public override bool Has(string name) => _columns.ContainsKey(name);

    public override Value? Read(string name, object item) => _columns.TryGetValue(name, out var column) ? column.Read((T)item) : null;

    public override Value? Call(string name, object item, string argument) =>
        _lookups.TryGetValue(name, out var lookup) ? new TextValue(lookup((T)item, argument)) : null;
}
