using System.IO.Pipelines;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>Lets code that blocks while it produces an archive write an answer, on a thread of its own.</summary>
internal sealed class BlockingBody(PipeWriter output, CancellationToken gone) : Stream
{
    private const int FlushBytes = 256 * 1024;
    private const int ChunkBytes = 16 * 1024;

    private int _unflushed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static Task WriteAsync(HttpContext context, Action<Stream> work) =>
        OnThreadAsync(() =>
        {
            using var body = Of(context);
            work(body);
            body.Flush();
        });

    public static BlockingBody Of(HttpContext context) => new(context.Response.BodyWriter, Http.RequestExtensions.Gone(context));

    public static Task OnThreadAsync(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // With no size asked for, the pool may give an empty piece before the answer has begun.
            var room = output.GetSpan(ChunkBytes);
            var count = Math.Min(room.Length, buffer.Length);
            buffer[..count].CopyTo(room);
            output.Advance(count);
            buffer = buffer[count..];
            _unflushed += count;
            if (_unflushed >= FlushBytes)
                Flush();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        _unflushed = 0;
        var flushed = output.FlushAsync(gone).AsTask().GetAwaiter().GetResult();
        if (flushed.IsCompleted || flushed.IsCanceled)
            throw new OperationCanceledException("the client has gone");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
