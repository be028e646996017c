using System.Buffers;
using System.Buffers.Binary;

namespace Boreal.BuildWire.Http2;

/// <summary>Frames to the peer, whole and one after the other, whoever sends them.</summary>
internal sealed class FrameWriter(Stream stream) : IDisposable
{
    /// <summary>What the side that asks begins with.</summary>
    public static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8];

    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>The largest payload the peer takes.</summary>
    public int LargestPayload { get; set; } = 16 * 1024;

    public ValueTask WritePrefaceAsync(CancellationToken cancellationToken) => stream.WriteAsync(Preface, cancellationToken);

    public ValueTask WriteSettingsAsync(IReadOnlyList<(ushort Id, uint Value)> settings, CancellationToken cancellationToken)
    {
        var payload = new byte[settings.Count * 6];
        for (var index = 0; index < settings.Count; index++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(index * 6), settings[index].Id);
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan((index * 6) + 2), settings[index].Value);
        }
        return WriteAsync(FrameKind.Settings, FrameFlags.None, 0, payload, cancellationToken);
    }

    /// <summary>A block that is longer than a frame goes on in the next, and nothing comes in between.</summary>
    public async ValueTask WriteHeadersAsync(int id, ReadOnlyMemory<byte> block, FrameFlags flags, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var kind = FrameKind.Headers;
            do
            {
                var part = block[..Math.Min(block.Length, LargestPayload)];
                block = block[part.Length..];
                await SendAsync(new FrameHead(kind, block.IsEmpty ? flags | FrameFlags.EndHeaders : flags, id, part.Length), part, cancellationToken);
                (kind, flags) = (FrameKind.Continuation, FrameFlags.None);
            }
            while (!block.IsEmpty);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask WriteAsync(FrameKind kind, FrameFlags flags, int id, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await SendAsync(new FrameHead(kind, flags, id, payload.Length), payload, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public ValueTask WriteNumberAsync(FrameKind kind, int id, uint number, CancellationToken cancellationToken)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(payload, number);
        return WriteAsync(kind, FrameFlags.None, id, payload, cancellationToken);
    }

    public void Dispose() => _writing.Dispose();

    // A frame cut short by a cancelled caller would be the connection's end, so what was begun is finished.
    private async ValueTask SendAsync(FrameHead head, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var buffer = ArrayPool<byte>.Shared.Rent(FrameHead.Size + payload.Length);
        try
        {
            head.Write(buffer);
            payload.CopyTo(buffer.AsMemory(FrameHead.Size));
            await stream.WriteAsync(buffer.AsMemory(0, FrameHead.Size + payload.Length), CancellationToken.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
