using System.Text.Json.Serialization;
using System.Text.Json;

namespace Boreal.Api.Json;

/// <summary>Reads a JSON null as zero, as Docker's decoder does; several clients send nulls for what they leave out.</summary>
internal sealed class LenientUInt16Converter : JsonConverter<ushort>
{
    public override bool HandleNull => true;

    public override ushort Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null ? default : reader.GetUInt16();

    public override void Write(Utf8JsonWriter writer, ushort value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}
