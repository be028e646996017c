using Boreal.BuildWire.Http2;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.BuildWire.Rpc;

/// <summary>gRPC calls on one HTTP/2 connection.</summary>
internal sealed class RpcClient(Http2Connection connection)
{
    /// <summary>One question, one answer.</summary>
    public Task<TResponse> CallAsync<TResponse>(string method, IMessage request, MessageParser<TResponse> parser, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse> => CallAsync(method, [], request, parser, cancellationToken);

    /// <summary>One question with what comes beside it, one answer.</summary>
    public async Task<TResponse> CallAsync<TResponse>(
        string method, IEnumerable<HeaderField> metadata, IMessage request, MessageParser<TResponse> parser, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>
    {
        await using var call = await OpenAsync(method, metadata, cancellationToken);
        await call.WriteAsync(request, cancellationToken);
        await call.FinishSendingAsync(cancellationToken);
        if (!await call.ReadAsync(cancellationToken))
            throw new RpcException(new Status(StatusCode.Internal, $"{method}: no answer"));
        var response = parser.ParseFrom(call.Payload);
        // The status comes after the message.
        await call.ReadAsync(cancellationToken);
        return response;
    }

    /// <summary>Messages both ways until each side has finished.</summary>
    public async Task<RpcStream> OpenAsync(string method, IEnumerable<HeaderField> metadata, CancellationToken cancellationToken)
    {
        HeaderField[] head =
        [
            new(":method", "POST"), new(":scheme", "http"), new(":path", method), new(":authority", "localhost"),
            new("content-type", "application/grpc"), new("te", "trailers"), .. metadata,
        ];
        return new RpcStream(await connection.RequestAsync(head, cancellationToken), method);
    }
}
