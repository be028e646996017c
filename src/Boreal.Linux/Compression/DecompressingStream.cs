namespace Boreal.Linux.Compression;

/// <summary>Plain bytes out of compressed ones, by the machine's libraries, which are loaded when the first such stream is read.</summary>
public sealed class DecompressingStream : Stream
{
    private const int InputBytes = 64 * 1024;

    private readonly Stream _compressed;
    private readonly NativeDecoder _decoder;
    private readonly byte[] _input = new byte[InputBytes];
    private int _start;
    private int _end;
    private bool _isLast;
    private bool _isOver;

    private DecompressingStream(Stream compressed, NativeDecoder decoder) => (_compressed, _decoder) = (compressed, decoder);

    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The .xz format (liblzma). The compressed stream stays the caller's.</summary>
    /// <exception cref="NotSupportedException">The library is not installed.</exception>
    public static DecompressingStream Xz(Stream compressed) => Open(compressed, "xz", "liblzma5", () => new XzDecoder());

    /// <summary>The .bz2 format (libbz2). The compressed stream stays the caller's.</summary>
    /// <exception cref="NotSupportedException">The library is not installed.</exception>
    public static DecompressingStream Bzip2(Stream compressed) => Open(compressed, "bzip2", "libbz2-1.0", () => new Bzip2Decoder());

    /// <exception cref="InvalidDataException">The compressed bytes are damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        var room = buffer;
        while (!_isOver && room.Length == buffer.Length && !buffer.IsEmpty)
        {
            if (_start == _end && !_isLast)
            {
                (_start, _end) = (0, _compressed.Read(_input));
                _isLast = _end == 0;
            }

            ReadOnlySpan<byte> input = _input.AsSpan(_start.._end);
            _isOver = _decoder.Decode(ref input, ref room, _isLast);
            _start = _end - input.Length;
        }

        return buffer.Length - room.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _decoder.Dispose();
        base.Dispose(disposing);
    }

    private static DecompressingStream Open(Stream compressed, string name, string package, Func<NativeDecoder> create)
    {
        try
        {
            return new DecompressingStream(compressed, create());
        }
        catch (DllNotFoundException exception)
        {
            throw new NotSupportedException($"archives compressed with {name} can't be read: install the package {package}, or use gzip, zstd or none", exception);
        }
    }
}
