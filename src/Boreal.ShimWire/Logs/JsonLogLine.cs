using System.Text;

namespace Boreal.ShimWire.Logs;

/// <summary>Writes lines of Docker's json-file log, byte for byte as its writer does (HTML characters escaped, invalid UTF-8 replaced).</summary>
public static class JsonLogLine
{
    /// <summary>Appends one line. <paramref name="attributes"/> is a JSON object or empty.</summary>
    public static void Write(ByteBuffer target, StdStream stream, ReadOnlySpan<byte> line, bool endsWithNewline, long nanoseconds, ReadOnlySpan<byte> attributes)
    {
        target.Add("{\"log\":\""u8);
        WriteEscaped(target, line);
        if (endsWithNewline) target.Add("\\n"u8);
        target.Add(stream is StdStream.Stderr ? "\",\"stream\":\"stderr\""u8 : "\",\"stream\":\"stdout\""u8);
        if (!attributes.IsEmpty)
        {
            target.Add(",\"attrs\":"u8);
            target.Add(attributes);
        }

        target.Add(",\"time\":\""u8);
        Span<byte> time = stackalloc byte[Timestamp.MaxBytes];
        target.Add(time[..Timestamp.Format(nanoseconds, time)]);
        target.Add("\"}\n"u8);
    }

    /// <summary>The attributes as the JSON object every line carries; empty without attributes.</summary>
    public static byte[] Attributes(IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        if (attributes.Count == 0) return [];
        var target = new ByteBuffer();
        target.Add((byte)'{');
        for (var i = 0; i < attributes.Count; i++)
        {
            target.Add(i == 0 ? "\""u8 : ",\""u8);
            WriteEscaped(target, Encoding.UTF8.GetBytes(attributes[i].Key));
            target.Add("\":\""u8);
            WriteEscaped(target, Encoding.UTF8.GetBytes(attributes[i].Value));
            target.Add((byte)'"');
        }

        target.Add((byte)'}');
        return target.Written.ToArray();
    }

    private static void WriteEscaped(ByteBuffer target, ReadOnlySpan<byte> text)
    {
        var start = 0;
        var position = 0;
        while (position < text.Length)
        {
            var value = text[position];
            if (value is >= 0x20 and < 0x80 && value is not ((byte)'\\' or (byte)'"' or (byte)'<' or (byte)'>' or (byte)'&'))
            {
                position++;
                continue;
            }

            var length = 1;
            if (value >= 0x80 && Rune.DecodeFromUtf8(text[position..], out var rune, out var decoded) is System.Buffers.OperationStatus.Done)
            {
                length = decoded;
                if (rune.Value is not (0x2028 or 0x2029))
                {
                    position += length;
                    continue;
                }
            }

            target.Add(text[start..position]);
            WriteEscape(target, value, text.Slice(position, length));
            position += length;
            start = position;
        }

        target.Add(text[start..]);
    }

    private static void WriteEscape(ByteBuffer target, byte value, ReadOnlySpan<byte> encoded)
    {
        switch (value)
        {
            case (byte)'\\': target.Add("\\\\"u8); break;
            case (byte)'"': target.Add("\\\""u8); break;
            case (byte)'\n': target.Add("\\n"u8); break;
            case (byte)'\r': target.Add("\\r"u8); break;
            case >= 0x80 when encoded.Length == 1: target.Add("\\ufffd"u8); break;
            case >= 0x80: target.Add(encoded[2] == 0xa8 ? "\\u2028"u8 : "\\u2029"u8); break;
            default:
                target.Add("\\u00"u8);
                target.Add("0123456789abcdef"u8[value >> 4]);
                target.Add("0123456789abcdef"u8[value & 15]);
                break;
        }
    }
}
