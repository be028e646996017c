using System.Text.Json.Serialization;
using System.Text.Json;

namespace Boreal.Api.Json;

/// <summary>Reads a JSON null as false, as Docker's decoder does; several clients send nulls for what they leave out.</summary>
internal sealed class LenientBooleanConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null ? false : reader.GetBoolean();

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) =>
        writer.WriteBooleanValue(value);
}
