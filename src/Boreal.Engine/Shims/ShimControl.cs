using System.Collections.Concurrent;
using System.Net.Sockets;
using Boreal.Engine.Errors;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Engine.Shims;

/// <summary>Requests to a shim and their answers; everything else it says goes to the event callback, in order.</summary>
internal sealed class ShimControl : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Action<ShimFrame> _onEvent;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<ShimFrame>> _pending = new();
    private readonly Lock _sending = new();
    private readonly CancellationTokenSource _stop = new();
    private int _lastRequest;
    private volatile bool _ended;
    private bool _disposed;

    internal ShimControl(Socket socket, Action<ShimFrame> onEvent)
    {
        _socket = socket;
        _onEvent = onEvent;
        Ended = ReceiveAllAsync();
    }

    /// <summary>Completes when the shim is gone, or this has been disposed.</summary>
    internal Task Ended { get; }

    internal async Task<ShimFrame> RequestAsync(FrameType type, Action<WireWriter>? fields, CancellationToken cancellationToken)
    {
        var request = Interlocked.Increment(ref _lastRequest);
        var answer = new TaskCompletionSource<ShimFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[request] = answer;
        Send(type, writer =>
        {
            writer.Int32(request);
            fields?.Invoke(writer);
        });
        if (_ended) answer.TrySetException(Gone());
        try
        {
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _pending.TryRemove(request, out _);
        }
    }

    internal void Send(FrameType type, Action<WireWriter> fields)
    {
        var writer = new WireWriter();
        writer.BeginFrame(type);
        fields(writer);
        writer.EndFrame();
        try
        {
            // Requests are few and tiny, and the shim always reads: this does not block.
            lock (_sending) _socket.Send(writer.Written);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            _ended = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await _stop.CancelAsync();
        await Ended;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAllAsync()
    {
        try
        {
            while (await ShimFrame.ReceiveAsync(_socket, _stop.Token) is { } frame) Dispatch(frame);
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        finally
        {
            _ended = true;
            foreach (var answer in _pending.Values) answer.TrySetException(Gone());
        }
    }

    private void Dispatch(ShimFrame frame)
    {
        if (frame.Type is not (FrameType.Ok or FrameType.Failed or FrameType.Started))
        {
            _onEvent(frame);
            return;
        }

        var reader = frame.Read();
        if (_pending.TryRemove(reader.Int32(), out var answer)) answer.TrySetResult(frame);
    }

    private static EngineException Gone() => new(ErrorKind.Unavailable, "the container's shim is gone");
}
