using Boreal.Build.Session;
using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Rpc;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Build.Gateway;

/// <summary>A connection inside a call of a client's: its bytes are the messages' bytes.</summary>
internal sealed class CallStream(IAsyncStreamReader<BytesMessage> incoming, IAsyncStreamWriter<BytesMessage> outgoing) : MessageStream
{
    protected override async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken) =>
        await incoming.MoveNext(cancellationToken) ? incoming.Current.Data.Memory : (ReadOnlyMemory<byte>?)null;

    protected override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (!bytes.IsEmpty)
            await outgoing.WriteAsync(new BytesMessage { Data = UnsafeByteOperations.UnsafeWrap(bytes) }, cancellationToken);
    }
}
