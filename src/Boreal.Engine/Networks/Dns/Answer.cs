using System.Buffers.Binary;
using System.Text;

namespace Boreal.Engine.Networks.Dns;

/// <summary>Writes the answer to a question into a buffer of the caller. What does not fit is left out, and said so.</summary>
internal ref struct Answer
{
    /// <summary>How long clients may keep our answers, in seconds; Docker's.</summary>
    public const int DefaultTimeToLive = 600;
    private const int OptionsLength = 11;
    private const ushort OurDatagramLimit = 4096;
    private const ushort QuestionPointer = 0xc00c;
    private const ushort IsResponse = 0x8000;
    private const ushort IsTruncated = 0x0200;
    private const ushort RecursionDesired = 0x0100;
    private const ushort RecursionAvailable = 0x0080;

    private readonly Query _query;
    private readonly Span<byte> _buffer;
    private readonly int _limit;
    private int _length;
    private ushort _count;
    private bool _isTruncated;

    /// <summary>The answer takes no more than <paramref name="limit"/> bytes of <paramref name="buffer"/>.</summary>
    public Answer(in Query query, Span<byte> buffer, int limit)
    {
        _query = query;
        _buffer = buffer;
        _limit = Math.Min(limit, buffer.Length) - (query.HasOptions ? OptionsLength : 0);
        _length = Query.HeaderLength + query.Question.Length;
        query.Question.CopyTo(buffer[Query.HeaderLength..]);
    }

    /// <summary>In seconds.</summary>
    public int TimeToLive { get; init; } = DefaultTimeToLive;

    /// <summary>Adds a record about the name asked for.</summary>
    public void Add(RecordType type, scoped ReadOnlySpan<byte> data)
    {
        var needed = 12 + data.Length;
        if (_length + needed > _limit)
        {
            _isTruncated = true;
            return;
        }

        var target = _buffer[_length..];
        BinaryPrimitives.WriteUInt16BigEndian(target, QuestionPointer);
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], 1);
        BinaryPrimitives.WriteInt32BigEndian(target[6..], TimeToLive);
        BinaryPrimitives.WriteUInt16BigEndian(target[10..], (ushort)data.Length);
        data.CopyTo(target[12..]);
        _length += needed;
        _count++;
    }

    /// <summary>Adds addresses that lie one after the other, beginning with any of them.</summary>
    public void AddShuffled(RecordType type, ReadOnlySpan<byte> addresses, int size, Random random)
    {
        Span<byte> order = stackalloc byte[256];
        var count = Math.Min(addresses.Length / size, order.Length);
        for (var i = 0; i < count; i++) order[i] = (byte)i;
        random.Shuffle(order[..count]);
        foreach (var index in order[..count]) Add(type, addresses.Slice(index * size, size));
    }

    /// <summary>Adds a name as a record's data; one that no answer can carry is left out.</summary>
    public void AddPointer(string name)
    {
        Span<byte> data = stackalloc byte[Query.MaxNameLength];
        var length = 0;
        foreach (var label in name.Split('.'))
        {
            var bytes = Encoding.UTF8.GetByteCount(label);
            if (bytes is 0 or > 63 || length + bytes + 2 > data.Length) return;
            data[length] = (byte)bytes;
            Encoding.UTF8.GetBytes(label, data[(length + 1)..]);
            length += bytes + 1;
        }

        data[length] = 0;
        Add(RecordType.Pointer, data[..(length + 1)]);
    }

    /// <summary>Closes the answer; gives its length.</summary>
    public int Finish(ResponseCode code = ResponseCode.Success)
    {
        _query.Message[..2].CopyTo(_buffer);
        var flags = IsResponse | (_query.Flags & RecursionDesired) | (int)code;
        if (code is ResponseCode.Success) flags |= RecursionAvailable;
        if (_isTruncated) flags |= IsTruncated;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)flags);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[4..], (ushort)(_query.Question.IsEmpty ? 0 : 1));
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[6..], _count);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[8..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[10..], (ushort)(_query.HasOptions ? 1 : 0));
        if (!_query.HasOptions) return _length;
        var options = _buffer.Slice(_length, OptionsLength);
        options.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(options[1..], (ushort)RecordType.Options);
        BinaryPrimitives.WriteUInt16BigEndian(options[3..], OurDatagramLimit);
        return _length + OptionsLength;
    }
}
