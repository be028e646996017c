using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Boreal.Cli.Commands.Compose;

/// <summary>JSON on one line, most of all rows as an array.</summary>
internal static class JsonRows
{
    private static readonly JsonWriterOptions AsRead = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Action<Utf8JsonWriter> rows) => WriteOne(writer =>
    {
        writer.WriteStartArray();
        rows(writer);
        writer.WriteEndArray();
    });

    public static string WriteOne(Action<Utf8JsonWriter> value)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, AsRead)) value(writer);

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
