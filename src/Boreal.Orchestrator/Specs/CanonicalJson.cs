using System.Buffers;
using System.Text.Json;

namespace Boreal.Orchestrator.Specs;

/// <summary>
/// JSON with its object keys in order and without what says nothing (null, false, 0, empty): equal for equal meanings, whatever order a
/// client wrote, and unchanged by fields that are added to a type later.
/// </summary>
internal static class CanonicalJson
{
    public static byte[] Write(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (SaysSomething(element))
                Write(writer, element);
            else
                writer.WriteNullValue();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static bool SaysSomething(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => false,
        JsonValueKind.Number => element.GetRawText() is not ("0" or "0.0"),
        JsonValueKind.String => !element.ValueEquals(""u8),
        JsonValueKind.Array => element.GetArrayLength() > 0,
        // A set has empty objects as values: its keys say something.
        JsonValueKind.Object => element.EnumerateObject().Any(property => SaysSomething(property.Value) || property.Value.ValueKind is JsonValueKind.Object),
        _ => true,
    };

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    if (!SaysSomething(property.Value) && property.Value.ValueKind is not JsonValueKind.Object)
                        continue;
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
