using System.Buffers.Binary;
using System.Text;
using Boreal.Client.Errors;

namespace Boreal.Client.Streams;

/// <summary>Parts Docker's framed output: one byte stream number, three zero bytes, a big-endian length, then that many bytes.</summary>
public static class StdioDemultiplexer
{
    private const int HeaderLength = 8;

    /// <summary>
    /// Copies frames to their streams until the source ends; <paramref name="read"/> yields 0 then. A null target drops its frames.
    /// </summary>
    public static async Task CopyAsync(
        Func<Memory<byte>, CancellationToken, ValueTask<int>> read, Stream? stdout, Stream? stderr, CancellationToken cancellationToken = default)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var got = await FillAsync(read, buffer.AsMemory(0, HeaderLength), cancellationToken);
            if (got is 0) return;
            if (got < HeaderLength) throw new BrokenStreamException("unexpected EOF");
            var length = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(4));
            if (buffer[0] is 3) throw await SystemErrorAsync(read, length, cancellationToken);
            if (buffer[0] > 3) throw new BrokenStreamException($"Unrecognized input header: {buffer[0]}");
            await CopyFrameAsync(read, buffer, length, buffer[0] is 2 ? stderr : stdout, cancellationToken);
        }
    }

    private static async Task CopyFrameAsync(
        Func<Memory<byte>, CancellationToken, ValueTask<int>> read, byte[] buffer, long left, Stream? target, CancellationToken cancellationToken)
    {
        while (left > 0)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(left, buffer.Length));
            var count = await read(part, cancellationToken);
            if (count is 0) throw new BrokenStreamException("unexpected EOF");
            left -= count;
            if (target is null) continue;
            await target.WriteAsync(part[..count], cancellationToken);
            await target.FlushAsync(cancellationToken);
        }
    }

    private static async Task<BrokenStreamException> SystemErrorAsync(
        Func<Memory<byte>, CancellationToken, ValueTask<int>> read, uint length, CancellationToken cancellationToken)
    {
        var text = new byte[Math.Min(length, 64 * 1024)];
        var got = await FillAsync(read, text, cancellationToken);
        return new BrokenStreamException($"error from daemon in stream: {Encoding.UTF8.GetString(text, 0, got)}");
    }

    private static async ValueTask<int> FillAsync(
        Func<Memory<byte>, CancellationToken, ValueTask<int>> read, Memory<byte> target, CancellationToken cancellationToken)
    {
        var total = 0;
        while (total < target.Length)
        {
            var count = await read(target[total..], cancellationToken);
            if (count is 0) break;
            total += count;
        }

        return total;
    }
}
