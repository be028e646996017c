using Boreal.Cli.CommandLine;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Cli.Session;

/// <summary>
/// A standard stream as it is. The console's own streams edit lines and set the terminal up; file streams keep a position of their own,
/// with which two of them on one file overwrite each other.
/// </summary>
internal sealed class DescriptorStream(FileDescriptor descriptor) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var count = descriptor.TryRead(buffer);
        if (count == -Errno.EIO) return 0; // The terminal is gone.
        return count >= 0 ? count : throw new LinuxException(-count, "read");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Task.Run(() => Read(buffer.Span), cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = descriptor.TryWrite(buffer);
            if (count == -Errno.EPIPE) throw new CommandFailedException("", ExitCodes.SignalOffset + Boreal.Linux.Processes.Signals.Pipe);
            if (count < 0) throw new LinuxException(-count, "write");
            buffer = buffer[count..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
