using System.Buffers;

namespace Boreal.BuildWire.Packets;

/// <summary>Walks over a protobuf message where it lies, field by field.</summary>
internal ref struct MessageReader(in ReadOnlySequence<byte> message)
{
    private SequenceReader<byte> _reader = new(message);

    /// <summary>A field's number and, in the last three bits, its form; false at the end.</summary>
    public bool TryReadTag(out uint tag)
    {
        tag = 0;
        if (_reader.End)
            return false;
        tag = (uint)ReadNumber();
        return tag != 0 ? true : throw Broken();
    }

    public ulong ReadNumber()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (!_reader.TryRead(out var part))
                break;
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw Broken();
    }

    public ReadOnlySequence<byte> ReadBytes() => Take(ReadNumber());

    /// <summary>Contiguous: in place where it lies so.</summary>
    public ReadOnlySpan<byte> ReadSpan()
    {
        var bytes = ReadBytes();
        return bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();
    }

    /// <summary>A field that nobody here knows.</summary>
    public void Skip(uint tag)
    {
        switch (tag & 7)
        {
            case 0:
                ReadNumber();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                ReadBytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                throw Broken();
        }
    }

    private ReadOnlySequence<byte> Take(ulong length)
    {
        if (length > (ulong)_reader.Remaining)
            throw Broken();
        var bytes = _reader.UnreadSequence.Slice(0, (long)length);
        _reader.Advance((long)length);
        return bytes;
    }

    private static ContextException Broken() => new("the client sent a broken packet");
}
