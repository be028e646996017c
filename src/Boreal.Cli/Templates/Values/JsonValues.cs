using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Boreal.Cli.Templates.Values;

/// <summary>Turns JSON into template values: by a known shape (structs), or as it comes (maps).</summary>
internal static class JsonValues
{
    /// <summary>Every object becomes a map whose missing entries are errors.</summary>
    public static Value Raw(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new MapValue(json.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, Raw(entry.Value))), CompactJson.Of(json)) { IsStrict = true },
        JsonValueKind.Array => new ListValue([.. json.EnumerateArray().Select(Raw)], CompactJson.Of(json)),
        _ => Scalar(json),
    };

    /// <summary>Reads by the shape's properties; what the JSON leaves out has its type's zero value.</summary>
    public static Value Typed(JsonElement json, JsonTypeInfo shape)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return Zero(shape);
        return (shape.Kind, json.ValueKind) switch
        {
            (JsonTypeInfoKind.Object, JsonValueKind.Object) => Struct(json, shape),
            (JsonTypeInfoKind.Dictionary, JsonValueKind.Object) => Map(json, shape),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => List(json, shape),
            (_, JsonValueKind.Object or JsonValueKind.Array) => Raw(json),
            _ => Scalar(json),
        };
    }

    private static StructValue Struct(JsonElement json, JsonTypeInfo shape)
    {
        var fields = new List<KeyValuePair<string, Value>>(shape.Properties.Count);
        foreach (var property in shape.Properties)
        {
            var type = shape.Options.GetTypeInfo(property.PropertyType);
            json.TryGetProperty(property.Name, out var value);
            fields.Add(KeyValuePair.Create(FieldName(property.Name), Typed(value, type)));
        }

        return new StructValue(shape.Type.Name, fields, CompactJson.Of(json));
    }

    /// <summary>Go's field for a JSON name in lower case or snake case: <c>cpu_stats</c> is <c>CpuStats</c>.</summary>
    private static string FieldName(string name) =>
        name.Contains('_', StringComparison.Ordinal) || char.IsAsciiLetterLower(name[0])
            ? string.Concat(name.Split('_').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
            : name;

    private static MapValue Map(JsonElement json, JsonTypeInfo shape)
    {
        var element = Element(shape);
        return new MapValue(
            json.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, element is null ? Raw(entry.Value) : Typed(entry.Value, element))),
            CompactJson.Of(json))
        { Absent = Absent(element) };
    }

    private static JsonTypeInfo? Element(JsonTypeInfo shape) => shape.ElementType is { } type ? shape.Options.GetTypeInfo(type) : null;

    // Maps of lists have keys of a type of their own in docker, which no text of a template is: it reads them as they come.
    private static Value Absent(JsonTypeInfo? element) => element is null or { Kind: JsonTypeInfoKind.Enumerable } ? NilValue.None
        : element is { Kind: JsonTypeInfoKind.Object, Properties.Count: 0 } ? new StructValue(element.Type.Name, [], "{}")
        : Zero(element);

    private static ListValue List(JsonElement json, JsonTypeInfo shape)
    {
        var element = Element(shape);
        return new ListValue([.. json.EnumerateArray().Select(item => element is null ? Raw(item) : Typed(item, element))], CompactJson.Of(json));
    }

    private static Value Scalar(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new TextValue(json.GetString() ?? ""),
        JsonValueKind.Number => new NumberValue(json.GetRawText()),
        JsonValueKind.True => BooleanValue.True,
        JsonValueKind.False => BooleanValue.False,
        _ => NilValue.None,
    };

    private static Value Zero(JsonTypeInfo shape)
    {
        if (shape.Kind is JsonTypeInfoKind.Dictionary) return new MapValue([], "null") { Absent = Absent(Element(shape)) };
        if (shape.Kind is JsonTypeInfoKind.Enumerable) return new ListValue([], "null");
        if (shape.Type == typeof(string)) return TextValue.Empty;
        if (shape.Type == typeof(bool)) return BooleanValue.False;
        return shape.Type.IsPrimitive ? new NumberValue(0) : NilValue.Pointer;
    }
}
