using System.Buffers;
using Boreal.BuildWire.Protocol.Types;

namespace Boreal.BuildWire.Packets;

/// <summary>Reads a <see cref="Packet"/> where it lies: most bytes of a transfer are file data, which need not be copied to be written.</summary>
internal static class PacketReader
{
    private const uint TypeTag = (1 << 3) | 0;
    private const uint StatTag = (2 << 3) | 2;
    private const uint IdTag = (3 << 3) | 0;
    private const uint DataTag = (4 << 3) | 2;

    public static ReceivedPacket Read(in ReadOnlySequence<byte> message)
    {
        var packet = new ReceivedPacket();
        var reader = new MessageReader(message);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case TypeTag:
                    packet = packet with { Kind = (Packet.Types.PacketType)reader.ReadNumber() };
                    break;
                case IdTag:
                    packet = packet with { Id = (uint)reader.ReadNumber() };
                    break;
                case StatTag:
                    packet = packet with { Entry = reader.ReadBytes() };
                    break;
                case DataTag:
                    packet = packet with { Data = reader.ReadBytes() };
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
        return packet;
    }
}
