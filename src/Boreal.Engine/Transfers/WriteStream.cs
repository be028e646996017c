namespace Boreal.Engine.Transfers;

/// <summary>A stream that hands on what is written to it.</summary>
internal sealed class WriteStream(WriteStream.Target target) : Stream
{
    public delegate void Target(ReadOnlySpan<byte> data);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer) => target(buffer);

    public override void Write(byte[] buffer, int offset, int count) => target(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
