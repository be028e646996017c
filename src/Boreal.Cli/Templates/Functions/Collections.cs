using System.Text;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Templates.Functions;

/// <summary>len, index and slice.</summary>
internal static class Collections
{
    public static Value Length(Value value) => new NumberValue(value switch
    {
        TextValue text => Encoding.UTF8.GetByteCount(text.Text),
        ListValue list => list.Items.Count,
        MapValue map => map.Entries.Count,
        NilValue => throw new ArgumentException("error calling len: len of nil pointer"),
        _ => throw new ArgumentException($"error calling len: len of type {value.TypeName}"),
    });

    public static Value Index(IReadOnlyList<Value> arguments)
    {
        if (arguments.Count is 0) throw FunctionTable.Count("index", 1, 0);
        var value = arguments[0];
        foreach (var key in arguments.Skip(1)) value = Entry(value, key);
        return value;
    }

    public static Value Slice(IReadOnlyList<Value> arguments)
    {
        var value = arguments.Count > 0 ? arguments[0] : throw FunctionTable.Count("slice", 1, 0);
        var length = value is TextValue text ? text.Text.Length : value is ListValue list ? list.Items.Count
            : throw new ArgumentException($"error calling slice: can't slice item of type {value.TypeName}");
        var from = arguments.Count > 1 ? FunctionTable.Integer("slice", arguments, 1) : 0;
        var to = arguments.Count > 2 ? FunctionTable.Integer("slice", arguments, 2) : length;
        if (from < 0 || to > length || from > to) throw new ArgumentException($"error calling slice: index out of range: {(from < 0 || from > length ? from : to)}");
        return value is TextValue source ? new TextValue(source.Text[from..to]) : new ListValue([.. ((ListValue)value).Items.Skip(from).Take(to - from)]);
    }

    private static Value Entry(Value value, Value key) => value switch
    {
        MapValue map => map.Entries.TryGetValue(key is TextValue name ? name.Text : throw WrongKey(key), out var found) ? found : map.Absent,
        ListValue list => At(list.Items, key),
        TextValue text => new NumberValue(At([.. Encoding.UTF8.GetBytes(text.Text).Select(b => new NumberValue(b))], key).Print()),
        NilValue => throw new ArgumentException("error calling index: index of untyped nil"),
        _ => throw new ArgumentException($"error calling index: can't index item of type {value.TypeName}"),
    };

    private static Value At(IReadOnlyList<Value> items, Value key) => key is NumberValue { AsInteger: { } index }
        ? index >= 0 && index < items.Count ? items[(int)index] : throw new ArgumentException($"error calling index: index out of range: {index}")
        : throw new ArgumentException($"error calling index: cannot index slice/array with type {key.TypeName}");

    private static ArgumentException WrongKey(Value key) => new($"error calling index: value has type {key.TypeName}; should be string");
}
