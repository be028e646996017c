using System.Buffers;
using System.IO.Pipelines;

namespace Boreal.Daemon.Connections;

/// <summary>What Kestrel reads requests from. After the hand-over it sees the end; the real pipe belongs to the taker.</summary>
internal sealed class HandoverReader(PipeReader inner, Action broken) : PipeReader
{
    private static readonly ReadResult End = new(ReadOnlySequence<byte>.Empty, isCanceled: false, isCompleted: true);

    private bool _ended;

    /// <summary>Whether what is read next is a request's head, not its body.</summary>
    public bool ReadsHead { get; set; } = true;

    public PipeReader HandOver()
    {
        _ended = true;
        return inner;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_ended)
            return ValueTask.FromResult(End);
        var read = inner.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully && !ReadsHead ? read : AwaitAsync(read);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_ended)
        {
            result = End;
            return true;
        }
        if (!inner.TryRead(out result))
            return false;
        if (ReadsHead)
            HostHeader.Sanitise(result.Buffer);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed)
    {
        if (!_ended) inner.AdvanceTo(consumed);
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_ended) inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead()
    {
        if (!_ended) inner.CancelPendingRead();
    }

    public override void Complete(Exception? exception = null)
    {
        if (!_ended) inner.Complete(exception);
        _ended = true;
    }

    private async ValueTask<ReadResult> AwaitAsync(ValueTask<ReadResult> read)
    {
        try
        {
            var result = await read;
            if (ReadsHead)
                HostHeader.Sanitise(result.Buffer);
            return result;
        }
        catch (IOException)
        {
            // A reset connection is an ended one to HTTP.
            _ended = true;
            broken();
            return End;
        }
    }
}
