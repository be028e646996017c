using System.Buffers;
using System.Buffers.Binary;

namespace Boreal.BuildWire.Http2;

/// <summary>The nine bytes before every frame.</summary>
internal readonly record struct FrameHead(FrameKind Kind, FrameFlags Flags, int Stream, int Length)
{
    public const int Size = 9;

    public static FrameHead Read(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> head = stackalloc byte[Size];
        bytes.Slice(0, Size).CopyTo(head);
        var length = (head[0] << 16) | (head[1] << 8) | head[2];
        return new FrameHead((FrameKind)head[3], (FrameFlags)head[4], BinaryPrimitives.ReadInt32BigEndian(head[5..]) & int.MaxValue, length);
    }

    public void Write(Span<byte> head)
    {
        head[0] = (byte)(Length >> 16);
        head[1] = (byte)(Length >> 8);
        head[2] = (byte)Length;
        head[3] = (byte)Kind;
        head[4] = (byte)Flags;
        BinaryPrimitives.WriteInt32BigEndian(head[5..], Stream);
    }

    public bool Has(FrameFlags flag) => (Flags & flag) != 0;
}
