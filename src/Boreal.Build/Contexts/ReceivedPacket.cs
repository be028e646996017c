using System.Buffers;
using Boreal.Build.Protocol.Types;

namespace Boreal.Build.Contexts;

/// <summary>One packet; what is in it is valid until the next is read.</summary>
internal readonly record struct ReceivedPacket
{
    public Packet.Types.PacketType Kind { get; init; }

    /// <summary>For <see cref="ContextEntry.Read"/>. Null: there are no more.</summary>
    public ReadOnlySequence<byte>? Entry { get; init; }

    public uint Id { get; init; }

    public ReadOnlySequence<byte> Data { get; init; }
}
