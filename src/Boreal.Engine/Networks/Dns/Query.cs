using System.Buffers.Binary;

namespace Boreal.Engine.Networks.Dns;

/// <summary>A question as it arrived, see RFC 1035 and 6891. Reading it allocates nothing and trusts nothing.</summary>
internal readonly ref struct Query
{
    public const int HeaderLength = 12;
    public const int MaxNameLength = 255;
    private const int MaxLabelLength = 63;
    private const int SmallestAnswer = 512;
    private const ushort Internet = 1;
    private const ushort ResponseFlag = 0x8000;
    private const ushort OperationMask = 0x7800;
    private const ushort DnssecOkFlag = 0x8000;

    private Query(ReadOnlySpan<byte> message) => Message = message;

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Message { get; private init; }

    /// <summary>Name, type and class as in the message; empty when they could not be read.</summary>
    public ReadOnlySpan<byte> Question { get; private init; }

    public RecordType Type { get; private init; }

    /// <summary>The sender knows EDNS.</summary>
    public bool HasOptions { get; private init; }

    /// <summary>The sender added options of its own, such as a cookie.</summary>
    public bool HasOptionData { get; private init; }

    public bool WantsSignatures { get; private init; }

    /// <summary>The longest answer the sender takes in one datagram.</summary>
    public int AnswerLimit { get; private init; }

    public ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(Message[2..]);

    /// <summary>The name has no dot.</summary>
    public bool IsSingleLabel => Name[0] != 0 && Name[Name[0] + 1] == 0;

    private ReadOnlySpan<byte> Name => Question[..^4];

    /// <summary>
    /// Null for what deserves no answer, an answer to a question that nobody asked among them. Otherwise
    /// <paramref name="query"/> can be answered, with that code if it is not success.
    /// </summary>
    public static ResponseCode? Parse(ReadOnlySpan<byte> message, out Query query)
    {
        query = new Query(message) { AnswerLimit = SmallestAnswer };
        if (message.Length < HeaderLength) return null;
        var flags = query.Flags;
        if ((flags & ResponseFlag) != 0) return null;
        if ((flags & OperationMask) != 0) return ResponseCode.NotImplemented;
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1) return ResponseCode.FormatError;
        var end = SkipName(message, HeaderLength, followsPointers: false);
        if (end < 0 || end + 4 > message.Length) return ResponseCode.FormatError;
        query = query with
        {
            Question = message[HeaderLength..(end + 4)],
            Type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(message[end..]),
        };
        if (BinaryPrimitives.ReadUInt16BigEndian(message[(end + 2)..]) != Internet) return ResponseCode.NotImplemented;
        return ReadOptions(message, end + 4, ref query) ? ResponseCode.Success : ResponseCode.FormatError;
    }

    /// <summary>The name with dots, without the last one. Negative when it has bytes that no name of ours has.</summary>
    public int CopyName(Span<char> text)
    {
        var name = Name;
        var length = 0;
        for (var at = 0; name[at] != 0; at += name[at] + 1)
        {
            if (length > 0) text[length++] = '.';
            foreach (var one in name.Slice(at + 1, name[at]))
            {
                if (one is <= (byte)' ' or (byte)'.' or >= 0x7f) return -1;
                text[length++] = (char)one;
            }
        }

        return length;
    }

    /// <summary>Where the name that begins at <paramref name="at"/> ends; negative when it is none.</summary>
    public static int SkipName(ReadOnlySpan<byte> message, int at, bool followsPointers)
    {
        var start = at;
        while (at < message.Length && at - start < MaxNameLength)
        {
            var length = message[at];
            if (length == 0) return at + 1;
            if (length >= 0xc0) return followsPointers && at + 2 <= message.Length ? at + 2 : -1;
            if (length > MaxLabelLength) return -1;
            at += length + 1;
        }

        return -1;
    }

    /// <summary>Looks through the records after the question for EDNS; false when they are not what their counts say.</summary>
    private static bool ReadOptions(ReadOnlySpan<byte> message, int at, ref Query query)
    {
        var records = 0;
        for (var count = 6; count < HeaderLength; count += 2) records += BinaryPrimitives.ReadUInt16BigEndian(message[count..]);
        for (; records > 0; records--)
        {
            at = SkipName(message, at, followsPointers: true);
            if (at < 0 || at + 10 > message.Length) return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
            if (at + 10 + length > message.Length) return false;
            if ((RecordType)BinaryPrimitives.ReadUInt16BigEndian(message[at..]) is RecordType.Options)
            {
                query = query with
                {
                    HasOptions = true,
                    HasOptionData = length > 0,
                    WantsSignatures = (BinaryPrimitives.ReadUInt16BigEndian(message[(at + 6)..]) & DnssecOkFlag) != 0,
                    AnswerLimit = Math.Max(SmallestAnswer, (int)BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..])),
                };
            }

            at += 10 + length;
        }

        return true;
    }
}
