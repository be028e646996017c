using System.Buffers.Binary;
using Boreal.ShimWire.Logs;

namespace Boreal.Engine.Logs;

/// <summary>local: binary records with their length before and behind.</summary>
internal sealed class LocalLogFormat : ILogFormat
{
    private const int FrameBytes = 2 * LocalLogRecord.LengthBytes;

    public int MeasureRecord(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LocalLogRecord.LengthBytes) return 0;
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (length is < 0 or > LocalLogRecord.BodyLimit) return -1;
        return bytes.Length >= length + FrameBytes ? length + FrameBytes : 0;
    }

    public LogEntry? Parse(ReadOnlySpan<byte> record)
    {
        var body = record[LocalLogRecord.LengthBytes..^LocalLogRecord.LengthBytes];
        if (!LocalLogRecord.TryRead(body, out var stream, out var time, out var line, out var partial)) return null;
        var bytes = new byte[line.Length + (partial ? 0 : 1)];
        line.CopyTo(bytes);
        if (!partial) bytes[^1] = (byte)'\n';
        return new LogEntry(time, stream, bytes, LogEntry.NoAttributes);
    }

    public (long Start, long Count) SkipBack(LogFile file, long records)
    {
        Span<byte> suffix = stackalloc byte[LocalLogRecord.LengthBytes];
        long count = 0;
        var start = file.Length;
        while (count < records && start >= FrameBytes)
        {
            file.ReadAt(suffix, start - suffix.Length);
            var length = BinaryPrimitives.ReadInt32BigEndian(suffix);
            if (length is < 0 or > LocalLogRecord.BodyLimit || start < length + FrameBytes) break;
            start -= length + FrameBytes;
            count++;
        }

        return (start, count);
    }
}
