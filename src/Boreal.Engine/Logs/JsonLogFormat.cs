using System.Text.Json;
using Boreal.ShimWire.Logs;

namespace Boreal.Engine.Logs;

/// <summary>json-file: a JSON object per line.</summary>
internal sealed class JsonLogFormat : ILogFormat
{
    private const int ChunkBytes = 32 * 1024;

    public int MeasureRecord(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'\n') + 1;

    public LogEntry? Parse(ReadOnlySpan<byte> record)
    {
        try
        {
            return ParseObject(record);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A line torn by a crash, or somebody else's.
            return null;
        }
    }

    public (long Start, long Count) SkipBack(LogFile file, long records)
    {
        var chunk = new byte[ChunkBytes];
        long count = 0;
        long? lineEnd = null;
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - ChunkBytes);
            var length = file.ReadAt(chunk.AsSpan(0, (int)(end - start)), start);
            for (var i = length - 1; i >= 0; i--)
            {
                if (chunk[i] != (byte)'\n') continue;
                // The newline before a line that itself has ended: the line counts.
                if (lineEnd is not null && ++count == records) return (start + i + 1, count);
                lineEnd = start + i;
            }

            end = start;
        }

        return (0, lineEnd is null ? 0 : count + 1);
    }

    private static LogEntry? ParseObject(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        byte[]? line = null;
        long time = 0;
        var stream = StdStream.Stdout;
        var attributes = LogEntry.NoAttributes;
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            var (isLog, isStream, isTime, isAttributes) = (name.SequenceEqual("log"u8), name.SequenceEqual("stream"u8), name.SequenceEqual("time"u8), name.SequenceEqual("attrs"u8));
            reader.Read();
            if (isLog) line = ReadText(ref reader);
            else if (isStream) stream = reader.ValueTextEquals("stderr"u8) ? StdStream.Stderr : StdStream.Stdout;
            else if (isTime && !Timestamp.TryParse(reader.ValueSpan, out time)) return null;
            else if (isAttributes) attributes = ReadAttributes(ref reader);
            else reader.Skip();
        }

        return line is null ? null : new LogEntry(time, stream, line, attributes);
    }

    private static byte[] ReadText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return reader.ValueSpan.ToArray();
        var text = new byte[reader.ValueSpan.Length];
        return text[..reader.CopyString(text)];
    }

    private static Dictionary<string, string> ReadAttributes(ref Utf8JsonReader reader)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? "";
            reader.Read();
            attributes[name] = reader.GetString() ?? "";
        }

        return attributes;
    }
}
