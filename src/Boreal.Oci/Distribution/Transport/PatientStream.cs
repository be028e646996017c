namespace Boreal.Oci.Distribution.Transport;

/// <summary>A response's body that fails with an <see cref="IOException"/> when nothing comes for too long.</summary>
internal sealed class PatientStream(Stream inner, TimeSpan limit, TimeProvider clock) : Stream
{
    private readonly CancellationTokenSource _limit = new(Timeout.InfiniteTimeSpan, clock);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var pending = inner.ReadAsync(buffer, _limit.Token);
        return pending.IsCompletedSuccessfully ? pending : WaitAsync(pending, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read a registry's answers asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _limit.Dispose();
        }
        base.Dispose(disposing);
    }

    // One timer for the stream's life, started only when there is something to wait for.
    private async ValueTask<int> WaitAsync(ValueTask<int> pending, CancellationToken cancellationToken)
    {
        _limit.CancelAfter(limit);
        await using var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource?)state)?.Cancel(), _limit);
        try
        {
            var count = await pending;
            _limit.CancelAfter(Timeout.InfiniteTimeSpan);
            return count;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw new IOException($"no data for {limit.TotalSeconds:0.#} s", exception);
        }
    }
}
