using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Boreal.Build.Graph;

/// <summary>
/// Writes an operation as bytes: equal operations give equal bytes, different ones different bytes, on every machine and in
/// every version. Fields are told apart by their order and lengths; none is ever left out.
/// </summary>
internal sealed class CanonicalWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public CanonicalWriter Write(string? text)
    {
        if (text is null) return Write(-1);
        var length = Encoding.UTF8.GetByteCount(text);
        Write(length);
        Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length));
        _buffer.Advance(length);
        return this;
    }

    public CanonicalWriter Write(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        _buffer.Write(bytes);
        return this;
    }

    public CanonicalWriter Write(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(sizeof(long)), number);
        _buffer.Advance(sizeof(long));
        return this;
    }

    public CanonicalWriter Write(long? number) => number is { } value ? Write(true).Write(value) : Write(false);

    public CanonicalWriter Write(bool value) => Write(value ? 1L : 0L);

    public CanonicalWriter Write(bool? value) => Write(value switch { null => -1L, true => 1L, false => 0L });

    public CanonicalWriter Write(IReadOnlyCollection<string> items)
    {
        Write((long)items.Count);
        foreach (var item in items)
            Write(item);
        return this;
    }

    public CanonicalWriter Write<T>(IReadOnlyCollection<T> items, Action<CanonicalWriter, T> write)
    {
        Write((long)items.Count);
        foreach (var item in items)
            write(this, item);
        return this;
    }
}
