using System.Diagnostics.CodeAnalysis;
using Grpc.Core;

namespace Boreal.Daemon.Rpc;

/// <summary>Every method of the services bound to it, by its path.</summary>
internal sealed class MethodTable : ServiceBinderBase
{
    private readonly Dictionary<string, Func<RpcCall, Task>> _methods = new(StringComparer.Ordinal);

    public bool TryFind(string path, [NotNullWhen(true)] out Func<RpcCall, Task>? method) => _methods.TryGetValue(path, out method);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _methods.Add(method.FullName, async call =>
        {
            var request = await ReadOnlyMessageAsync(method, call);
            var response = await handler(request, call);
            await new RpcMessageWriter<TResponse>(call, method.ResponseMarshaller).WriteAsync(response);
        });
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _methods.Add(method.FullName, async call =>
        {
            var request = await ReadOnlyMessageAsync(method, call);
            await handler(request, new RpcMessageWriter<TResponse>(call, method.ResponseMarshaller), call);
        });
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _methods.Add(method.FullName, async call =>
        {
            var response = await handler(new RpcMessageReader<TRequest>(call, method.RequestMarshaller), call);
            await new RpcMessageWriter<TResponse>(call, method.ResponseMarshaller).WriteAsync(response);
        });
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _methods.Add(method.FullName, call => handler(
            new RpcMessageReader<TRequest>(call, method.RequestMarshaller), new RpcMessageWriter<TResponse>(call, method.ResponseMarshaller), call));
    }

    private static async Task<TRequest> ReadOnlyMessageAsync<TRequest, TResponse>(Method<TRequest, TResponse> method, RpcCall call)
        where TRequest : class
        where TResponse : class
    {
        var reader = new RpcMessageReader<TRequest>(call, method.RequestMarshaller);
        return await reader.MoveNext(call.CancellationToken)
            ? reader.Current
            : throw new RpcException(new Status(StatusCode.InvalidArgument, $"{method.FullName}: the request has no message"));
    }
}
