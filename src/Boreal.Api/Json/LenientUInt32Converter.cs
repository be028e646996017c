using System.Text.Json.Serialization;
using System.Text.Json;

namespace Boreal.Api.Json;

/// <summary>Reads a JSON null as zero, as Docker's decoder does; several clients send nulls for what they leave out.</summary>
internal sealed class LenientUInt32Converter : JsonConverter<uint>
{
    public override bool HandleNull => true;

    public override uint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null ? 0 : reader.GetUInt32();

    public override void Write(Utf8JsonWriter writer, uint value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}
