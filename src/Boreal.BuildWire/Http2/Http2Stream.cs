using System.Buffers;
using System.IO.Pipelines;

namespace Boreal.BuildWire.Http2;

/// <summary>One request and its answer: headers, bytes both ways at once, trailers. Disposing it gives up what is still open.</summary>
internal sealed class Http2Stream : IAsyncDisposable
{
    /// <summary>What the peer may send before it is read.</summary>
    public const int Window = 1 << 20;

    private readonly Http2Connection _connection;
    // Bounded by the window, so that it never has to refuse what the connection reads.
    private readonly Pipe _data = new(new PipeOptions(pauseWriterThreshold: 0, resumeWriterThreshold: 0, minimumSegmentSize: 32 * 1024, useSynchronizationContext: false));
    private readonly TaskCompletionSource<IReadOnlyList<HeaderField>> _head = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private long _available = Window;
    private int _consumed;
    private bool _sentAll;
    private bool _receivedAll;

    public Http2Stream(Http2Connection connection, int id)
    {
        _connection = connection;
        Id = id;
    }

    public int Id { get; }

    /// <summary>What the other side's part begins with: the answer's headers, or the request's where that side asks.</summary>
    public Task<IReadOnlyList<HeaderField>> Head => _head.Task;

    /// <summary>What came after the data; empty until then.</summary>
    public IReadOnlyList<HeaderField> Trailers { get; private set; } = [];

    public ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken) => _data.Reader.ReadAsync(cancellationToken);

    /// <summary>Gives up to <paramref name="consumed"/> back to the peer as room for more.</summary>
    public async ValueTask AdvanceAsync(ReadOnlySequence<byte> buffer, SequencePosition consumed, SequencePosition examined, CancellationToken cancellationToken)
    {
        var length = (int)buffer.Slice(0, consumed).Length;
        _data.Reader.AdvanceTo(consumed, examined);
        int grant;
        lock (_lock)
        {
            _consumed += length;
            if (_consumed < Window / 4 || _receivedAll)
                return;
            grant = _consumed;
            _consumed = 0;
            _available += grant;
        }
        await _connection.GrantAsync(Id, grant, cancellationToken);
    }

    /// <summary>False when the other side wants no more: what it says is to be read.</summary>
    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => _connection.SendAsync(Id, data, cancellationToken);

    /// <summary>For the side that is asked: what its answer begins with.</summary>
    public ValueTask AnswerAsync(IEnumerable<HeaderField> head, CancellationToken cancellationToken) => _connection.AnswerAsync(Id, head, endsStream: false, cancellationToken);

    /// <summary>For the side that is asked: what its answer ends with.</summary>
    public async ValueTask FinishAnswerAsync(IEnumerable<HeaderField> trailers, CancellationToken cancellationToken)
    {
        _sentAll = true;
        await _connection.AnswerAsync(Id, trailers, endsStream: true, cancellationToken);
    }

    public async ValueTask FinishSendingAsync(CancellationToken cancellationToken)
    {
        if (_sentAll)
            return;
        _sentAll = true;
        await _connection.FinishSendingAsync(Id, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Forget(Id);
        if (!_receivedAll || !_sentAll)
            await _connection.ResetAsync(Id);
        await _data.Reader.CompleteAsync();
    }

    internal void ReceiveHeaders(IReadOnlyList<HeaderField> fields, bool endsStream)
    {
        if (!_head.TrySetResult(fields))
            Trailers = fields;
        else if (endsStream)
            Trailers = fields;
        if (endsStream)
            End(null);
    }

    // The length is the frame's, padding included. The reader hears of it by TellAsync, or by the end.
    internal void ReceiveData(ReadOnlySequence<byte> data, int length, bool endsStream)
    {
        lock (_lock)
        {
            _available -= length;
            _consumed += length - (int)data.Length;
            if (_available < 0)
                throw new Http2Exception(Http2Error.FlowControl, $"more than the {Window} bytes that were granted");
        }
        foreach (var segment in data)
            _data.Writer.Write(segment.Span);
        if (endsStream)
            End(null);
    }

    internal async ValueTask TellAsync()
    {
        if (!_receivedAll)
            await _data.Writer.FlushAsync();
    }

    internal void End(Exception? failure)
    {
        lock (_lock)
        {
            if (_receivedAll)
                return;
            _receivedAll = true;
        }
        if (_head.TrySetException(failure ?? new Http2Exception(Http2Error.Protocol, "the stream ended before its headers")))
            _ = _head.Task.Exception;
        _data.Writer.Complete(failure);
    }
}
