using System.Buffers;
using Grpc.Core;

namespace Boreal.Daemon.Rpc;

/// <summary>One message's bytes, valid while it is parsed.</summary>
internal sealed class ReceivedPayload(ReadOnlySequence<byte> payload) : DeserializationContext
{
    public override int PayloadLength => (int)payload.Length;

    public override byte[] PayloadAsNewBuffer() => payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => payload;
}
