using System.Buffers.Binary;
using System.IO.Compression;

namespace Boreal.Engine.Content;

/// <summary>A piece of a stream, compressed by itself: it ends on a whole byte and is not the last of its member.</summary>
internal sealed class GzipBlock : IDisposable
{
    private const int Bytes = 1 << 20;
    private const int SampleBytes = 64 * 1024;
    private const int HeadBytes = 10;
    private const int ChecksumAt = -8;

    // Level 2 is the fastest whose result is not much larger than the default's.
    private static readonly ZLibCompressionOptions Usual = new() { CompressionLevel = 2 };
    private static readonly ZLibCompressionOptions Fast = new() { CompressionLevel = 1 };
    private static readonly ZLibCompressionOptions Stored = new() { CompressionLevel = 0 };

    private readonly byte[] _content = GC.AllocateUninitializedArray<byte>(Bytes);
    private readonly MemoryStream _compressed = new();
    private int _compressedBytes;

    public int Length { get; private set; }

    public bool IsFull => Length == Bytes;

    /// <summary>CRC-32 of the content.</summary>
    public uint Checksum { get; private set; }

    /// <summary>Deflate blocks, none of them marked as the last.</summary>
    public ReadOnlySpan<byte> Compressed => _compressed.GetBuffer().AsSpan(HeadBytes, _compressedBytes);

    /// <summary>Copies what fits, and says how much.</summary>
    public int Take(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(data.Length, Bytes - Length);
        data[..count].CopyTo(_content.AsSpan(Length));
        Length += count;
        return count;
    }

    public GzipBlock Compress()
    {
        // What is compressed or encrypted already only gets slower to read.
        var options = Length > SampleBytes && Run(Fast, SampleBytes) > SampleBytes * 97 / 100 ? Stored : Usual;
        _compressedBytes = Run(options, Length);
        Checksum = BinaryPrimitives.ReadUInt32LittleEndian(_compressed.GetBuffer().AsSpan((int)_compressed.Length + ChecksumAt));
        return this;
    }

    public void Clear() => Length = 0;

    public void Dispose() => _compressed.Dispose();

    private int Run(ZLibCompressionOptions options, int count)
    {
        _compressed.SetLength(0);
        int flushed;
        using (var gzip = new GZipStream(_compressed, options, leaveOpen: true))
        {
            gzip.Write(_content, 0, count);
            // A sync flush: up to here it is whole bytes, and behind them only an empty last block and the checksum.
            gzip.Flush();
            flushed = (int)_compressed.Length - HeadBytes;
        }

        return flushed;
    }
}
