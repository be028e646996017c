using System.Buffers;
using System.Text;
using System.Text.Json;
using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Answers;

/// <summary>Writes answers in the form that clients read: members without a value are left out.</summary>
internal static class AnswerJson
{
    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Text(this Utf8JsonWriter writer, string name, string value)
    {
        if (value.Length > 0) writer.WriteString(name, value);
    }

    public static void Flag(this Utf8JsonWriter writer, string name, bool value)
    {
        if (value) writer.WriteBoolean(name, value);
    }

    /// <summary>A list with something in it.</summary>
    public static void List<T>(this Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0) return;
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Location(this Utf8JsonWriter writer, params IReadOnlyList<LineRange> locations)
    {
        var lines = locations.SelectMany(range => Enumerable.Range(range.Start, Math.Max(range.End - range.Start, 0) + 1)).Distinct().Order().ToList();
        writer.WriteStartObject("location");
        writer.List("ranges", lines, line =>
        {
            writer.Position("start", line);
            writer.Position("end", line);
        });
        writer.WriteEndObject();
    }

    /// <summary>The file itself, so that the answer can be shown without it.</summary>
    public static void Sources(this Utf8JsonWriter writer, string text)
    {
        writer.WriteStartArray("sources");
        writer.WriteBase64StringValue(Encoding.UTF8.GetBytes(text));
        writer.WriteEndArray();
    }

    private static void Position(this Utf8JsonWriter writer, string name, int line)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("line", line);
        writer.WriteEndObject();
    }
}
