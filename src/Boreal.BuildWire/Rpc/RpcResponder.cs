using System.Collections.Concurrent;
using Boreal.BuildWire.Http2;
using Grpc.Core;

namespace Boreal.BuildWire.Rpc;

/// <summary>Answers the calls that come on one connection, each by the method of its name.</summary>
internal sealed class RpcResponder : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, Func<RpcRequest, CancellationToken, Task>> _methods;
    private readonly ConcurrentDictionary<int, Task> _running = [];
    private readonly CancellationTokenSource _over = new();
    private Http2Connection? _connection;

    private RpcResponder(IReadOnlyDictionary<string, Func<RpcRequest, CancellationToken, Task>> methods) => _methods = methods;

    /// <summary>The stream stays its owner's.</summary>
    public static async Task<RpcResponder> StartAsync(
        Stream stream, IReadOnlyDictionary<string, Func<RpcRequest, CancellationToken, Task>> methods, CancellationToken cancellationToken)
    {
        var responder = new RpcResponder(methods);
        var connection = responder._connection = await Http2Connection.ServeAsync(stream, responder.Accept, cancellationToken);
        // Whoever asks is gone: nobody waits for an answer.
        connection.Ended.UnsafeRegister(static over => ((CancellationTokenSource?)over)?.Cancel(), responder._over);
        return responder;
    }

    /// <summary>Cancels what is being answered and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        if (_connection is { } connection)
            await connection.DisposeAsync();
        await Task.WhenAll(_running.Values);
    }

    private void Accept(Http2Stream stream)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[stream.Id] = answered.Task;
        ThreadPool.UnsafeQueueUserWorkItem(
            async _ =>
            {
                await AnswerAsync(stream);
                _running.TryRemove(stream.Id, out var _);
                answered.SetResult();
            },
            null);
    }

    private async Task AnswerAsync(Http2Stream stream)
    {
        await using var request = new RpcRequest(stream, await stream.Head);
        try
        {
            await request.EndAsync(await RunAsync(request), _over.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is over, and with it the call.
        }
    }

    private async Task<Status> RunAsync(RpcRequest request)
    {
        if (!_methods.TryGetValue(request.Method, out var method))
            return new Status(StatusCode.Unimplemented, $"unknown method {request.Method}");
        try
        {
            await method(request, _over.Token);
            return Status.DefaultSuccess;
        }
        catch (RpcException e)
        {
            return e.Status;
        }
        catch (OperationCanceledException)
        {
            return new Status(StatusCode.Cancelled, "context canceled");
        }
        catch (Exception e)
        {
            // The one who asked is told: this side has nobody else to tell.
            return new Status(StatusCode.Unknown, e.Message);
        }
    }
}
