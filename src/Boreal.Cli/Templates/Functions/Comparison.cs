using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Templates.Functions;

/// <summary>eq, ne, lt, le, gt, ge on texts, numbers and booleans.</summary>
internal static class Comparison
{
    public static Value Call(string name, IReadOnlyList<Value> arguments)
    {
        if (arguments.Count < 2) throw new ArgumentException($"error calling {name}: missing argument for comparison");
        if (name is "eq") return BooleanValue.Of(arguments.Skip(1).Any(other => AreEqual(name, arguments[0], other)));
        if (arguments.Count > 2) throw FunctionTable.Count(name, 2, arguments.Count);
        return BooleanValue.Of(name switch
        {
            "ne" => !AreEqual(name, arguments[0], arguments[1]),
            "lt" => Order(name, arguments[0], arguments[1]) < 0,
            "le" => Order(name, arguments[0], arguments[1]) <= 0,
            "gt" => Order(name, arguments[0], arguments[1]) > 0,
            _ => Order(name, arguments[0], arguments[1]) >= 0,
        });
    }

    private static bool AreEqual(string name, Value left, Value right) => (left, right) switch
    {
        (NilValue, _) or (_, NilValue) => left is NilValue && right is NilValue,
        (BooleanValue, BooleanValue) => left.IsTrue == right.IsTrue,
        _ => Order(name, left, right) is 0,
    };

    private static int Order(string name, Value left, Value right) => (left, right) switch
    {
        (TextValue a, TextValue b) => string.CompareOrdinal(a.Text, b.Text),
        (NumberValue { AsInteger: { } a }, NumberValue { AsInteger: { } b }) => a.CompareTo(b),
        (NumberValue a, NumberValue b) => a.AsDouble.CompareTo(b.AsDouble),
        (TextValue or NumberValue or BooleanValue, TextValue or NumberValue or BooleanValue) =>
            throw new ArgumentException($"error calling {name}: incompatible types for comparison"),
        _ => throw new ArgumentException($"error calling {name}: invalid type for comparison"),
    };
}
