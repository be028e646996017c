using Boreal.Build.Builds;
using Boreal.BuildWire.Http2;
using Boreal.BuildWire.Protocol;
using Boreal.BuildWire.Protocol.Content;
using Boreal.BuildWire.Rpc;
using Boreal.Oci.Content;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Build.Session;

/// <summary>A client's store of blobs, by containerd's protocol.</summary>
internal sealed class ClientContent(RpcClient calls, string store) : IClientContent
{
    private const int ChunkSize = 1 << 20;

    private readonly HeaderField[] _target = [new("buildkit-attachable-store-id", store)];

    public async Task<long?> SizeAsync(Digest blob, CancellationToken cancellationToken)
    {
        try
        {
            await using var call = await calls.OpenAsync(SessionMethods.DescribeContent, _target, cancellationToken);
            await call.WriteAsync(new InfoRequest { Digest = blob.Value }, cancellationToken);
            await call.FinishSendingAsync(cancellationToken);
            if (!await call.ReadAsync(cancellationToken))
                return null;
            var size = InfoResponse.Parser.ParseFrom(call.Payload).Info?.Size ?? 0;
            await call.ReadAsync(cancellationToken);
            return size;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<Stream> OpenAsync(Digest blob, CancellationToken cancellationToken)
    {
        var call = await calls.OpenAsync(SessionMethods.ReadContent, _target, cancellationToken);
        try
        {
            await call.WriteAsync(new ReadContentRequest { Digest = blob.Value }, cancellationToken);
            await call.FinishSendingAsync(cancellationToken);
            return new ContentStream(call);
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    public async Task WriteAsync(Descriptor blob, Stream content, CancellationToken cancellationToken)
    {
        if (await SizeAsync(blob.Digest, cancellationToken) is not null)
            return;
        await using var call = await calls.OpenAsync(SessionMethods.WriteContent, _target, cancellationToken);
        var buffer = new byte[ChunkSize];
        long offset = 0;
        int count;
        while ((count = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            await AskAsync(call, Request(WriteAction.Write, blob, offset, UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, count))), cancellationToken);
            offset += count;
        }

        await AskAsync(call, Request(WriteAction.Commit, blob, offset, ByteString.Empty), cancellationToken);
        await call.FinishSendingAsync(cancellationToken);
    }

    private static WriteContentRequest Request(WriteAction action, Descriptor blob, long offset, ByteString data) =>
        new() { Action = action, Ref = blob.Digest.Value, Total = blob.Size, Expected = blob.Digest.Value, Offset = offset, Data = data };

    private static async Task AskAsync(RpcStream call, WriteContentRequest request, CancellationToken cancellationToken)
    {
        if (await call.WriteAsync(request, cancellationToken))
        {
            if (!await call.ReadAsync(cancellationToken))
                throw new IOException($"the client ended the transfer of {request.Expected} early");
            return;
        }

        // The client has ended the call: reading tells why.
        while (await call.ReadAsync(cancellationToken))
        {
        }

        throw new IOException($"the client ended the transfer of {request.Expected} early");
    }
}
