using Boreal.Oci.Content;

namespace Boreal.Engine.Layers;

/// <summary>A stream whose first bytes were read to see what it is, and are given again.</summary>
internal sealed class PeekedStream(ReadOnlyMemory<byte> start, Stream rest) : Stream
{
    private ReadOnlyMemory<byte> _start = start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>How the stream is compressed, and the whole of it.</summary>
    public static async Task<(Compression Compression, Stream Whole)> DetectAsync(Stream stream, CancellationToken cancellationToken)
    {
        var start = new byte[CompressionDetector.MagicBytes];
        var count = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        // As Docker: something shorter than any compressed stream is not compressed.
        var compression = count < start.Length ? Compression.None : CompressionDetector.Detect(start);
        return (compression, new PeekedStream(start.AsMemory(0, count), stream));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start.IsEmpty)
            return await rest.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, _start.Length);
        _start[..count].CopyTo(buffer);
        _start = _start[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
