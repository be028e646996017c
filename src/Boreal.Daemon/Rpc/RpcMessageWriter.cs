using Grpc.Core;

namespace Boreal.Daemon.Rpc;

/// <summary>Messages into an answer's body. One at a time.</summary>
internal sealed class RpcMessageWriter<T>(RpcCall call, Marshaller<T> marshaller) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, call.CancellationToken);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        var body = call.Http.Response.BodyWriter;
        marshaller.ContextualSerializer(message, new SentPayload(body));
        var flush = await body.FlushAsync(cancellationToken);
        if (flush.IsCompleted)
            throw new OperationCanceledException("the client is gone");
    }
}
