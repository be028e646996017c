using Boreal.BuildWire.Protocol.Files;
using Boreal.BuildWire.Rpc;
using Google.Protobuf;

namespace Boreal.BuildWire.Rpc;

/// <summary>
/// Bytes that travel as messages of a call to a client. Where they must all arrive, disposing it says that no more will come and
/// waits until the client confirms that it has them.
/// </summary>
internal sealed class ByteStream(RpcStream call, bool mustArrive) : MessageStream
{
    // Clients take no message of 4 MiB or more.
    private const int LargestMessage = 1 << 20;

    private bool _failed;

    public override async ValueTask DisposeAsync()
    {
        await using (call)
        {
            if (mustArrive && !_failed)
            {
                await call.FinishSendingAsync(CancellationToken.None);
                while (await call.ReadAsync(CancellationToken.None))
                {
                    // Nobody wants what is still on its way.
                }
            }
        }
        await base.DisposeAsync();
    }

    protected override async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken) =>
        await call.ReadAsync(cancellationToken) ? BytesMessage.Parser.ParseFrom(call.Payload).Data.Memory : (ReadOnlyMemory<byte>?)null;

    protected override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var part = bytes[..Math.Min(bytes.Length, LargestMessage)];
                if (!await call.WriteAsync(new BytesMessage { Data = UnsafeByteOperations.UnsafeWrap(part) }, cancellationToken))
                    await ThrowEndAsync(cancellationToken);
                bytes = bytes[part.Length..];
            }
        }
        catch
        {
            _failed = true;
            throw;
        }
    }

    private async ValueTask ThrowEndAsync(CancellationToken cancellationToken)
    {
        while (await call.ReadAsync(cancellationToken))
        {
            // Up to the client's reason, which is thrown.
        }
        throw new IOException("the client ended the transfer before it was complete");
    }
}
