using System.Buffers;
using System.Buffers.Binary;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>Docker's multiplexed streams: eight bytes (stream, three zeros, length) before each piece of output.</summary>
internal static class StdioFrame
{
    public const int HeaderLength = 8;
    public const byte Stdout = 1;
    public const byte Stderr = 2;

    public static void WriteHeader(IBufferWriter<byte> output, byte stream, int length)
    {
        var header = output.GetSpan(HeaderLength);
        header[..HeaderLength].Clear();
        header[0] = stream;
        BinaryPrimitives.WriteInt32BigEndian(header[4..], length);
        output.Advance(HeaderLength);
    }

    /// <summary>Reads the next frame's payload into <paramref name="payload"/>; false at the end of the stream.</summary>
    public static async Task<bool> ReadAsync(Stream source, ArrayBufferWriter<byte> payload, CancellationToken cancellationToken)
    {
        payload.ResetWrittenCount();
        var header = new byte[HeaderLength];
        if (await source.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken) < HeaderLength)
            return false;
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
        await source.ReadExactlyAsync(payload.GetMemory(length)[..length], cancellationToken);
        payload.Advance(length);
        return true;
    }
}
