using System.Buffers;
using Boreal.Build.Protocol.Types;

namespace Boreal.Build.Contexts;

/// <summary>One packet; its data are valid until the next is read.</summary>
internal readonly record struct ReceivedPacket
{
    public Packet.Types.PacketType Kind { get; init; }

    /// <summary>Null: there are no more.</summary>
    public Stat? Stat { get; init; }

    public uint Id { get; init; }

    public ReadOnlySequence<byte> Data { get; init; }
}
