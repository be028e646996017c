using System.IO.Pipelines;

namespace Boreal.Daemon.Connections;

/// <summary>What Kestrel writes answers to. After the hand-over, or when the client is gone, what it writes goes nowhere.</summary>
internal sealed class HandoverWriter(PipeWriter inner, Action broken) : PipeWriter
{
    private static readonly FlushResult Broken = new(isCanceled: false, isCompleted: true);

    private bool _ended;
    private FlushResult _after = Broken;
    private byte[] _discarded = [];

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _ended ? 0 : inner.UnflushedBytes;

    public void HandOver()
    {
        _ended = true;
        // Kestrel aborts a connection whose reader has completed; this one goes on without Kestrel.
        _after = default;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _ended ? Discarded(sizeHint) : inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _ended ? Discarded(sizeHint) : inner.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (!_ended) inner.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_ended)
            return ValueTask.FromResult(_after);
        var flush = inner.FlushAsync(cancellationToken);
        return flush.IsCompletedSuccessfully ? flush : AwaitAsync(flush);
    }

    public override void CancelPendingFlush()
    {
        if (!_ended) inner.CancelPendingFlush();
    }

    public override void Complete(Exception? exception = null)
    {
        // Everything wanted by the client was flushed; completing would write again, to a client that may be gone.
        _ended = true;
    }

    private byte[] Discarded(int sizeHint)
    {
        if (_discarded.Length < Math.Max(sizeHint, 4096))
            _discarded = new byte[Math.Max(sizeHint, 4096)];
        return _discarded;
    }

    private async ValueTask<FlushResult> AwaitAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            return await flush;
        }
        catch (IOException)
        {
            // Kestrel expects of a flush that it never throws: a broken client is a completed reader.
            _ended = true;
            broken();
            return Broken;
        }
    }
}
