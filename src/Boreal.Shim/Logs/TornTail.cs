using System.Buffers.Binary;
using Boreal.Linux.Descriptors;
using Boreal.ShimWire.Logs;

namespace Boreal.Shim.Logs;

/// <summary>Repairs of a log whose writer was killed (or the machine died) in the middle of a line. Each returns the file's size.</summary>
internal static class TornTail
{
    /// <summary>Ends an unfinished line, so that the next one stands alone; readers skip what they cannot parse.</summary>
    internal static long EndLine(FileDescriptor file)
    {
        var size = file.SeekEnd();
        Span<byte> last = stackalloc byte[1];
        if (size == 0 || (file.ReadAt(last, size - 1) == 1 && last[0] == (byte)'\n')) return size;
        file.WriteAll("\n"u8);
        return size + 1;
    }

    /// <summary>Cuts the file after its last whole record.</summary>
    internal static long CutRecord(FileDescriptor file)
    {
        var size = file.SeekEnd();
        if (size == 0 || EndsWithRecord(file, size)) return size;
        long whole = 0;
        while (true)
        {
            var length = ReadLength(file, whole);
            var next = whole + length + (2 * LocalLogRecord.LengthBytes);
            if (length is < 0 or > LocalLogRecord.BodyLimit || next > size || ReadLength(file, next - LocalLogRecord.LengthBytes) != length) break;
            whole = next;
        }

        file.Truncate(whole);
        return whole;
    }

    private static bool EndsWithRecord(FileDescriptor file, long size)
    {
        var length = ReadLength(file, size - LocalLogRecord.LengthBytes);
        var start = size - length - (2 * LocalLogRecord.LengthBytes);
        return length is >= 0 and <= LocalLogRecord.BodyLimit && start >= 0 && ReadLength(file, start) == length;
    }

    private static int ReadLength(FileDescriptor file, long position)
    {
        Span<byte> bytes = stackalloc byte[LocalLogRecord.LengthBytes];
        return position >= 0 && file.ReadAt(bytes, position) == bytes.Length ? BinaryPrimitives.ReadInt32BigEndian(bytes) : -1;
    }
}
