using System.Buffers.Binary;

namespace Boreal.Engine.Networks.Dns;

/// <summary>An answer from elsewhere that may be given again for a while.</summary>
internal sealed class CachedAnswer
{
    private const int LongestTimeToLive = 3600;
    private const int LongestMessage = 2048;

    private readonly byte[] _message;
    private readonly int[] _timesToLive;
    private readonly DateTimeOffset _storedAt;

    private CachedAnswer(byte[] message, int[] timesToLive, DateTimeOffset storedAt, int lifetime)
    {
        _message = message;
        _timesToLive = timesToLive;
        _storedAt = storedAt;
        ExpiresAt = storedAt.AddSeconds(lifetime);
    }

    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Null for what must not be kept: failures, answers cut off or for no time, and what cannot be read.</summary>
    public static CachedAnswer? Create(byte[] message, int questionLength, DateTimeOffset now)
    {
        const ushort truncated = 0x0200;
        if (message.Length > LongestMessage) return null;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(2));
        if ((flags & truncated) != 0 || (ResponseCode)(flags & 0xf) is not (ResponseCode.Success or ResponseCode.NoSuchName)) return null;
        var offsets = new List<int>();
        var lifetime = LongestTimeToLive;
        var isFound = false;
        var hasEnd = false;
        var records = new RecordList(message, Query.HeaderLength + questionLength);
        while (records.MoveNext())
        {
            if (records.Type is RecordType.Options) continue;
            offsets.Add(records.TimeToLiveOffset);
            var timeToLive = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(records.TimeToLiveOffset)), LongestTimeToLive);
            isFound |= records.IsAnswer;
            if (records.Type is RecordType.StartOfAuthority && records.Data.Length >= 22)
            {
                // RFC 2308: how long a missing name is missing.
                hasEnd = true;
                timeToLive = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(records.Data[^4..]), (uint)timeToLive);
            }

            lifetime = Math.Min(lifetime, timeToLive);
        }

        if (!records.IsComplete || lifetime == 0 || !(isFound || hasEnd)) return null;
        return new CachedAnswer(message, [.. offsets], now, lifetime);
    }

    /// <summary>A copy for one who asks now, with the times that are left.</summary>
    public byte[] At(DateTimeOffset now)
    {
        var copy = (byte[])_message.Clone();
        var age = (uint)Math.Max(0, (now - _storedAt).TotalSeconds);
        foreach (var offset in _timesToLive)
        {
            var target = copy.AsSpan(offset);
            var left = BinaryPrimitives.ReadUInt32BigEndian(target);
            BinaryPrimitives.WriteUInt32BigEndian(target, left > age ? left - age : 0);
        }

        return copy;
    }
}
