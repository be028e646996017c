using System.Buffers.Binary;
using Boreal.ShimWire.Messages;

namespace Boreal.ShimWire;

/// <summary>Frame layout: four bytes payload length, one byte <see cref="FrameType"/>, payload.</summary>
public static class Frame
{
    public const int HeaderBytes = 5;

    /// <summary>Longest payload either side accepts.</summary>
    public const int PayloadLimit = 64 * 1024;

    /// <summary>Reads a header of <see cref="HeaderBytes"/> bytes.</summary>
    public static (FrameType Type, int PayloadLength) ReadHeader(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return (uint)length <= PayloadLimit
            ? ((FrameType)header[4], length)
            : throw new FormatException("a shim frame is longer than allowed");
    }
}
