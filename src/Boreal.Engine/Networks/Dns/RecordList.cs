using System.Buffers.Binary;

namespace Boreal.Engine.Networks.Dns;

/// <summary>Walks the records of an answer from elsewhere, which may be anything.</summary>
internal ref struct RecordList
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _answers;
    private readonly int _total;
    private int _at;
    private int _index = -1;

    /// <summary>The question must have been checked to end at <paramref name="start"/>.</summary>
    public RecordList(ReadOnlySpan<byte> message, int start)
    {
        _message = message;
        _at = start;
        _answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        _total = _answers + BinaryPrimitives.ReadUInt16BigEndian(message[8..]) + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
    }

    public RecordType Type { get; private set; }

    /// <summary>The record answers the question; others say more about it.</summary>
    public readonly bool IsAnswer => _index < _answers;

    /// <summary>Where in the message the record's time to live is.</summary>
    public int TimeToLiveOffset { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>All records the message promises were there.</summary>
    public readonly bool IsComplete => _index == _total;

    public bool MoveNext()
    {
        if (_index + 1 >= _total)
        {
            _index = _total;
            return false;
        }

        var fixedPart = Query.SkipName(_message, _at, followsPointers: true);
        if (fixedPart < 0 || fixedPart + 10 > _message.Length) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(_message[(fixedPart + 8)..]);
        if (fixedPart + 10 + length > _message.Length) return false;
        Type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(_message[fixedPart..]);
        TimeToLiveOffset = fixedPart + 4;
        Data = _message.Slice(fixedPart + 10, length);
        _at = fixedPart + 10 + length;
        _index++;
        return true;
    }
}
