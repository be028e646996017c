using System.Text.Json.Serialization;
using System.Text.Json;

namespace Boreal.Api.Json;

/// <summary>Reads a list of strings where Docker also takes one bare string.</summary>
internal sealed class StringListConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
            return [reader.GetString() ?? ""];
        if (reader.TokenType is not JsonTokenType.StartArray)
            throw new JsonException("expected a string or a list of strings");

        var items = new List<string>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                throw new JsonException("expected a string in the list");
            items.Add(reader.GetString() ?? "");
        }

        return items;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in value)
            writer.WriteStringValue(item);
        writer.WriteEndArray();
    }
}
