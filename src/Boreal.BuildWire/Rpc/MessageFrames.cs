using System.Buffers;
using System.Buffers.Binary;
using Boreal.BuildWire.Http2;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.BuildWire.Rpc;

/// <summary>The messages in a stream's data, each behind its length.</summary>
internal sealed class MessageFrames(Http2Stream stream, string method) : IDisposable
{
    private const int PrefixLength = 5;
    private const int LargestMessage = 16 << 20;

    private ReadOnlySequence<byte> _buffer;
    private SequencePosition? _end;
    private byte[]? _assembled;

    /// <summary>The message that was read, valid until the next read.</summary>
    public ReadOnlySequence<byte> Payload { get; private set; }

    /// <summary>False at the end of the data.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        await ReleaseAsync(cancellationToken);
        while (true)
        {
            var read = await stream.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.Length >= PrefixLength)
            {
                var length = ReadPrefix(buffer);
                if (buffer.Length >= PrefixLength + length)
                {
                    Payload = buffer.Slice(PrefixLength, length);
                    (_buffer, _end) = (buffer, Payload.End);
                    return true;
                }
                await AssembleAsync(buffer, length, cancellationToken);
                return true;
            }
            await stream.AdvanceAsync(buffer, buffer.Start, buffer.End, cancellationToken);
            if (!read.IsCompleted)
                continue;
            if (!buffer.IsEmpty)
                throw new RpcException(new Status(StatusCode.Internal, $"{method}: the stream ended inside a message"));
            return false;
        }
    }

    /// <summary>Sends messages together. False when the other side has ended the call: reading tells how.</summary>
    public async ValueTask<bool> WriteAsync(IReadOnlyList<IMessage> messages, CancellationToken cancellationToken)
    {
        var length = 0;
        foreach (var message in messages)
            length += PrefixLength + message.CalculateSize();
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var at = 0;
            foreach (var message in messages)
            {
                var size = message.CalculateSize();
                buffer[at] = 0;
                BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at + 1), size);
                message.WriteTo(buffer.AsSpan(at + PrefixLength, size));
                at += PrefixLength + size;
            }
            return await stream.SendAsync(buffer.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => ReturnAssembled();

    /// <summary>A message longer than what is kept for a stream is taken out of it as it comes.</summary>
    private async ValueTask AssembleAsync(ReadOnlySequence<byte> buffer, int length, CancellationToken cancellationToken)
    {
        var message = _assembled = ArrayPool<byte>.Shared.Rent(length);
        var rest = buffer.Slice(PrefixLength);
        var filled = 0;
        while (true)
        {
            var part = rest.Slice(0, Math.Min(rest.Length, length - filled));
            part.CopyTo(message.AsSpan(filled));
            filled += (int)part.Length;
            await stream.AdvanceAsync(buffer, part.End, part.End, cancellationToken);
            if (filled == length)
                break;
            var read = await stream.ReadAsync(cancellationToken);
            if (read.IsCompleted && read.Buffer.IsEmpty)
                throw new RpcException(new Status(StatusCode.Internal, $"{method}: the stream ended inside a message"));
            buffer = rest = read.Buffer;
        }
        Payload = new ReadOnlySequence<byte>(message, 0, length);
    }

    private async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        Payload = default;
        ReturnAssembled();
        if (_end is not { } end)
            return;
        _end = null;
        await stream.AdvanceAsync(_buffer, end, end, cancellationToken);
    }

    private void ReturnAssembled()
    {
        if (_assembled is { } assembled)
            ArrayPool<byte>.Shared.Return(assembled);
        _assembled = null;
    }

    private int ReadPrefix(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (prefix[0] != 0)
            throw new RpcException(new Status(StatusCode.Unimplemented, $"{method}: compressed messages are not supported"));
        return length <= LargestMessage
            ? (int)length
            : throw new RpcException(new Status(StatusCode.ResourceExhausted, $"{method}: a message of {length} bytes"));
    }
}
