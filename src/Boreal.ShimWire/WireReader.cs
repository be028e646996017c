using System.Buffers.Binary;
using System.Text;

namespace Boreal.ShimWire;

/// <summary>Reads what <see cref="WireWriter"/> wrote; throws <see cref="FormatException"/> on a short or absurd message.</summary>
public ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() != 0;

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    /// <summary>A number of things that follow: not negative, and no more than the bytes left.</summary>
    public int Count()
    {
        var count = Int32();
        return (uint)count <= (uint)_rest.Length ? count : throw new FormatException("a count in a shim message exceeds the message");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw new FormatException("a shim message is shorter than its fields");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
