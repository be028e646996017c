using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Boreal.Daemon.Rpc;

/// <summary>Writes one message, with its prefix before it, straight into the answer.</summary>
internal sealed class SentPayload(PipeWriter body) : SerializationContext
{
    private int? _length;

    public override void SetPayloadLength(int payloadLength)
    {
        _length = payloadLength;
        WritePrefix(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() =>
        _length is null ? throw new InvalidOperationException("a message's length is said before its bytes") : body;

    public override void Complete()
    {
    }

    public override void Complete(byte[] payload)
    {
        WritePrefix(payload.Length);
        body.Write(payload);
    }

    private void WritePrefix(int length)
    {
        var prefix = body.GetSpan(5);
        prefix[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)length);
        body.Advance(5);
    }
}
