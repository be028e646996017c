using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Boreal.Daemon.Rpc;

/// <summary>Messages out of a request's body: each is a flag byte, a length of four bytes, and that many bytes.</summary>
internal sealed class RpcMessageReader<T>(RpcCall call, Marshaller<T> marshaller) : IAsyncStreamReader<T>
    where T : class
{
    private const int PrefixLength = 5;

    private T? _current;

    public T Current => _current ?? throw new InvalidOperationException("no message was read");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var body = call.Http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            if (TryParse(read.Buffer, out var payload))
            {
                _current = marshaller.ContextualDeserializer(new ReceivedPayload(payload));
                body.AdvanceTo(payload.End);
                return true;
            }
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (!read.IsCompleted)
                continue;
            if (!read.Buffer.IsEmpty)
                throw new RpcException(new Status(StatusCode.Internal, "the request ended inside a message"));
            return false;
        }
    }

    private static bool TryParse(ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (buffer.Length < PrefixLength)
            return false;
        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        if (prefix[0] != 0)
            throw new RpcException(new Status(StatusCode.Unimplemented, "compressed messages are not supported"));
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > RpcCall.LargestMessage)
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"received message larger than max ({length} vs. {RpcCall.LargestMessage})"));
        if (buffer.Length < PrefixLength + length)
            return false;
        payload = buffer.Slice(PrefixLength, length);
        return true;
    }
}
