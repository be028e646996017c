using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Sockets;

namespace Boreal.Shim.Streams;

/// <summary>Bytes waiting for a slow reader. Takes memory only while some wait.</summary>
internal sealed class ByteRing
{
    private const int SmallestBytes = 16 * 1024;
    private byte[]? _bytes;
    private int _start;

    internal int Length { get; private set; }

    internal void Add(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return;
        Reserve(data.Length);
        var bytes = _bytes.AsSpan();
        var end = (_start + Length) % bytes.Length;
        var first = Math.Min(data.Length, bytes.Length - end);
        data[..first].CopyTo(bytes[end..]);
        data[first..].CopyTo(bytes);
        Length += data.Length;
    }

    /// <summary>Writes what it can; the bytes written, or the negated error number when nothing went.</summary>
    internal int Flush(FileDescriptor target, bool isSocket)
    {
        var total = 0;
        while (Length > 0)
        {
            var chunk = _bytes.AsSpan(_start, Math.Min(Length, Capacity - _start));
            var count = isSocket ? UnixSocket.TrySend(target, chunk) : target.TryWrite(chunk);
            if (count < 0) return total > 0 && count == -Errno.EAGAIN ? total : count;
            total += count;
            Length -= count;
            _start = (_start + count) % Capacity;
        }

        Clear();
        return total;
    }

    internal void Clear() => (_bytes, _start, Length) = (null, 0, 0);

    private int Capacity => _bytes?.Length ?? 0;

    private void Reserve(int more)
    {
        if (Capacity - Length >= more) return;
        var size = Math.Max(SmallestBytes, Capacity);
        while (size - Length < more) size *= 2;
        var bytes = new byte[size];
        if (Length > 0)
        {
            var first = Math.Min(Length, Capacity - _start);
            _bytes.AsSpan(_start, first).CopyTo(bytes);
            _bytes.AsSpan(0, Length - first).CopyTo(bytes.AsSpan(first));
        }

        (_bytes, _start) = (bytes, 0);
    }
}
