using System.Text.Json.Serialization;
using System.Text.Json;

namespace Boreal.Api.Json;

/// <summary>Reads a JSON null as zero, as Docker's decoder does; several clients send nulls for what they leave out.</summary>
internal sealed class LenientInt64Converter : JsonConverter<long>
{
    public override bool HandleNull => true;

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null ? 0 : reader.GetInt64();

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}
