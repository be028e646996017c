using System.Buffers;
using Boreal.Build.Protocol.Types;

namespace Boreal.Build.Contexts;

/// <summary>Reads a <see cref="Packet"/> where it lies: most bytes of a transfer are file data, which need not be copied to be written.</summary>
internal static class PacketReader
{
    private const uint TypeTag = (1 << 3) | 0;
    private const uint StatTag = (2 << 3) | 2;
    private const uint IdTag = (3 << 3) | 0;
    private const uint DataTag = (4 << 3) | 2;

    public static ReceivedPacket Read(ReadOnlySequence<byte> message)
    {
        var packet = new ReceivedPacket();
        var reader = new SequenceReader<byte>(message);
        while (!reader.End)
        {
            var tag = (uint)ReadNumber(ref reader);
            switch (tag)
            {
                case TypeTag:
                    packet = packet with { Kind = (Packet.Types.PacketType)ReadNumber(ref reader) };
                    break;
                case IdTag:
                    packet = packet with { Id = (uint)ReadNumber(ref reader) };
                    break;
                case StatTag:
                    packet = packet with { Stat = Stat.Parser.ParseFrom(ReadBytes(ref reader)) };
                    break;
                case DataTag:
                    packet = packet with { Data = ReadBytes(ref reader) };
                    break;
                default:
                    Skip(ref reader, tag);
                    break;
            }
        }
        return packet;
    }

    private static void Skip(ref SequenceReader<byte> reader, uint tag)
    {
        switch (tag & 7)
        {
            case 0:
                ReadNumber(ref reader);
                break;
            case 1:
                ReadBytes(ref reader, 8);
                break;
            case 2:
                ReadBytes(ref reader);
                break;
            case 5:
                ReadBytes(ref reader, 4);
                break;
            default:
                throw Broken();
        }
    }

    private static ReadOnlySequence<byte> ReadBytes(ref SequenceReader<byte> reader) => ReadBytes(ref reader, ReadNumber(ref reader));

    private static ReadOnlySequence<byte> ReadBytes(ref SequenceReader<byte> reader, ulong length)
    {
        if (length > (ulong)reader.Remaining)
            throw Broken();
        var bytes = reader.UnreadSequence.Slice(0, (long)length);
        reader.Advance((long)length);
        return bytes;
    }

    private static ulong ReadNumber(ref SequenceReader<byte> reader)
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (!reader.TryRead(out var part))
                break;
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw Broken();
    }

    private static ContextException Broken() => new("the client sent a broken packet");
}
