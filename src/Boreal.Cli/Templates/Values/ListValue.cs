namespace Boreal.Cli.Templates.Values;

internal sealed class ListValue(IReadOnlyList<Value> items, string? json = null) : Value
{
    public IReadOnlyList<Value> Items => items;

    public override bool IsTrue => items.Count > 0;

    public override string TypeName => "[]interface {}";

    public override string Print() => $"[{string.Join(' ', items.Select(item => item.Print()))}]";

    public override string Json() => json ?? $"[{string.Join(',', items.Select(item => item.Json()))}]";
}
