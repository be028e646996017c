namespace Boreal.Cli.Templates.Values;

/// <summary>The header line of a table: each column's name yields its heading.</summary>
internal sealed class HeaderValue(Columns columns) : Value
{
    public override bool IsTrue => true;

    public override string TypeName => columns.TypeName;

    public override Value? Field(string name) => columns.Has(name) ? new TextValue(columns.Header(name)) : NilValue.None;

    public override Value? Call(string name, IReadOnlyList<Value> arguments) =>
        arguments is [TextValue key] ? new TextValue(key.Text[(key.Text.LastIndexOf('.') + 1)..].Replace('-', ' ').Replace('_', ' ')) : Field(name);

    public override string Print() => $"map[{string.Join(' ', columns.Names.Order(StringComparer.Ordinal).Select(name => $"{name}:{columns.Header(name)}"))}]";

    public override string Json() => Print();
}
