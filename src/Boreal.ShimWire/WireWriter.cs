using System.Buffers.Binary;
using System.Text;
using Boreal.ShimWire.Messages;

namespace Boreal.ShimWire;

/// <summary>Builds frames and message files: little-endian numbers, length-prefixed UTF-8.</summary>
public sealed class WireWriter
{
    private byte[] _buffer = new byte[256];
    private int _frameStart;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Starts a frame; finish it with <see cref="EndFrame"/>.</summary>
    public void BeginFrame(FrameType type)
    {
        _frameStart = Length;
        Int32(0);
        Byte((byte)type);
    }

    public void EndFrame() =>
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_frameStart), Length - _frameStart - Frame.HeaderBytes);

    public void Byte(byte value) => Take(1)[0] = value;

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Int32(count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - Length < count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        var span = _buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }
}
