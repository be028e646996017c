using System.Buffers;
using Boreal.BuildWire.Protocol.Types;

namespace Boreal.BuildWire.Packets;

/// <summary>One packet; what is in it is valid until the next is read.</summary>
internal readonly record struct ReceivedPacket
{
    public Packet.Types.PacketType Kind { get; init; }

    /// <summary>A <see cref="Stat"/>, unread. Null: there are no more.</summary>
    public ReadOnlySequence<byte>? Entry { get; init; }

    public uint Id { get; init; }

    public ReadOnlySequence<byte> Data { get; init; }
}
