namespace Boreal.ShimWire.Logs;

/// <summary>A growing run of bytes that is filled, written out and cleared again.</summary>
public sealed class ByteBuffer
{
    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Add(byte value) => Take(1)[0] = value;

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Makes room for <paramref name="count"/> bytes, all of them counted as written.</summary>
    public Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    /// <summary>Bytes already written, to be changed.</summary>
    public Span<byte> Modify(int start, int count) => _bytes.AsSpan(0, Length).Slice(start, count);

    /// <summary>Forgets bytes from the end.</summary>
    public void TrimTo(int length) => Length = length;
}
