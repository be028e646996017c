using System.Buffers;
using System.Buffers.Binary;

namespace Boreal.Engine.Programs;

/// <summary>Takes a program's frames apart: a byte that names the stream, three of nothing, a length, the text.</summary>
internal static class StdioFrames
{
    private const int HeaderBytes = 8;
    private const int PieceBytes = 32 * 1024;

    /// <summary>Until the output ends.</summary>
    public static async Task ReadAsync(Stream frames, ProgramOutput output, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (await frames.ReadAtLeastAsync(buffer.AsMemory(0, HeaderBytes), HeaderBytes, throwOnEndOfStream: false, cancellationToken) == HeaderBytes)
            {
                var stream = buffer[0];
                var rest = (long)BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(4));
                while (rest > 0)
                {
                    var count = await frames.ReadAsync(buffer.AsMemory(0, (int)Math.Min(rest, buffer.Length)), cancellationToken);
                    if (count == 0)
                        return;
                    output(stream, buffer.AsSpan(0, count));
                    rest -= count;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
