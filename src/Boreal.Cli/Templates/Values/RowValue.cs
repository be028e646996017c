namespace Boreal.Cli.Templates.Values;

/// <summary>One line of a listing: columns computed when asked for.</summary>
internal sealed class RowValue(Columns columns, object item) : Value
{
    public override bool IsTrue => true;

    public override string TypeName => columns.TypeName;

    public override Value? Field(string name) => columns.Read(name, item);

    public override Value? Call(string name, IReadOnlyList<Value> arguments) =>
        arguments is [TextValue argument] ? columns.Call(name, item, argument.Text) : arguments.Count is 0 ? Field(name) : null;

    public override string Print() => $"{{{string.Join(' ', columns.Names.Select(name => Field(name)?.Print()))}}}";

    // docker escapes here what HTML would mind, and only here.
    public override string Json() => $"{{{string.Join(',', columns.Names.Order(StringComparer.Ordinal)
        .Select(name => $"{TextValue.Quote(name)}:{Field(name)?.Json()}"))}}}"
        .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);
}
