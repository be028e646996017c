using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Boreal.Cli.Building.Results;

/// <summary>What the daemon says of a result, as a file of JSON for programs.</summary>
internal static class MetadataFile
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, string reference, IReadOnlyDictionary<string, string> answer)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["buildx.build.ref"] = $"default/default/{reference}" };
        foreach (var (name, value) in answer) values[name] = value;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            foreach (var (name, value) in values)
            {
                json.WritePropertyName(name);
                if (Decode(value) is { } inner)
                {
                    using (inner) inner.RootElement.WriteTo(json);
                }
                else
                {
                    json.WriteStringValue(value);
                }
            }

            json.WriteEndObject();
        }

        File.WriteAllBytes(path, buffer.ToArray());
    }

    // Values that are objects travel as JSON in base64.
    private static JsonDocument? Decode(string value)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out var length) || length < 2 || bytes[0] is not (byte)'{') return null;
        try
        {
            return JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 0, length));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
