namespace Boreal.Cli.Commands.Compose;

/// <summary>A stream to write to that hands on whole lines; the last one gets a line feed when the stream ends.</summary>
internal sealed class LineStream(Func<ReadOnlyMemory<byte>, CancellationToken, Task> line) : Stream
{
    private readonly MemoryStream _rest = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _rest.Write(buffer.Span[..(end + 1)]);
            buffer = buffer[(end + 1)..];
            await EmitAsync(cancellationToken);
        }

        _rest.Write(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (_rest.Length > 0)
        {
            _rest.WriteByte((byte)'\n');
            await EmitAsync(CancellationToken.None);
        }

        await base.DisposeAsync();
    }

    private async Task EmitAsync(CancellationToken cancellationToken)
    {
        var bytes = _rest.ToArray();
        _rest.SetLength(0);
        await line(bytes, cancellationToken);
    }
}
