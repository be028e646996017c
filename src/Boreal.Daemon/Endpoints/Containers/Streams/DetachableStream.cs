using System.Buffers;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>A terminal's stream whose client may type the detach keys: then its output ends for this client, the process goes on.</summary>
internal sealed class DetachableStream(Stream process, ReadOnlyMemory<byte> keys) : Stream
{
    private readonly DetachScanner _scanner = new(keys);
    private readonly CancellationTokenSource _detached = new();
    private readonly ArrayBufferWriter<byte> _input = new();

    public bool IsDetached => _detached.IsCancellationRequested;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _detached.Token);
        try
        {
            return await process.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (IsDetached)
        {
            return 0;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsDetached)
            return;
        _input.ResetWrittenCount();
        var detach = _scanner.Scan(buffer.Span, _input);
        if (_input.WrittenCount > 0)
            await process.WriteAsync(_input.WrittenMemory, cancellationToken);
        if (detach)
            await _detached.CancelAsync();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("this stream is read asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("this stream is written asynchronously");

    public override void Flush()
    {
        // Nothing is held but what may become a detach.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>The process's own stream stays open: its owner disposes it.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _detached.Dispose();
        base.Dispose(disposing);
    }
}
