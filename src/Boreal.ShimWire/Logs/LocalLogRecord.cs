using System.Buffers.Binary;

namespace Boreal.ShimWire.Logs;

/// <summary>
/// One record of the <c>local</c> log: length, body, length again (so it can be read backwards), both big-endian.
/// The body is a protobuf message: 1 stream name, 2 time in nanoseconds, 3 the line, 4 set when the line goes on in the next record.
/// </summary>
public static class LocalLogRecord
{
    public const int LengthBytes = 4;

    /// <summary>No record is longer than this: the line limit with ample room for the rest.</summary>
    public const int BodyLimit = 64 * 1024;

    public static void Write(ByteBuffer target, StdStream stream, ReadOnlySpan<byte> line, bool endsWithNewline, long nanoseconds)
    {
        var start = target.Length;
        target.Take(LengthBytes);
        Bytes(target, 1, stream is StdStream.Stderr ? "stderr"u8 : "stdout"u8);
        target.Add((2 << 3) | 0);
        Varint(target, (ulong)nanoseconds);
        Bytes(target, 3, line);
        if (!endsWithNewline)
        {
            target.Add((4 << 3) | 0);
            target.Add(1);
        }

        var length = target.Length - start - LengthBytes;
        BinaryPrimitives.WriteInt32BigEndian(target.Take(LengthBytes), length);
        BinaryPrimitives.WriteInt32BigEndian(target.Modify(start, LengthBytes), length);
    }

    /// <summary>Reads a record's body; false when it is damaged.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out StdStream stream, out long nanoseconds, out ReadOnlySpan<byte> line, out bool partial)
    {
        (stream, nanoseconds, partial) = (StdStream.Stdout, 0, false);
        line = default;
        while (!body.IsEmpty)
        {
            if (!TryVarint(ref body, out var key) || !TryVarint(ref body, out var value)) return false;
            if ((key & 7) == 2)
            {
                if (value > (ulong)body.Length) return false;
                var bytes = body[..(int)value];
                body = body[(int)value..];
                if (key >> 3 == 1) stream = bytes.SequenceEqual("stderr"u8) ? StdStream.Stderr : StdStream.Stdout;
                if (key >> 3 == 3) line = bytes;
            }
            else if ((key & 7) != 0)
            {
                return false;
            }
            else if (key >> 3 == 2)
            {
                nanoseconds = (long)value;
            }
            else if (key >> 3 == 4)
            {
                partial = value != 0;
            }
        }

        return true;
    }

    private static void Bytes(ByteBuffer target, int field, ReadOnlySpan<byte> value)
    {
        target.Add((byte)((field << 3) | 2));
        Varint(target, (ulong)value.Length);
        target.Add(value);
    }

    private static void Varint(ByteBuffer target, ulong value)
    {
        for (; value >= 0x80; value >>= 7) target.Add((byte)(value | 0x80));
        target.Add((byte)value);
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }
}
