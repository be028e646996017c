using System.IO.Compression;
using ZstdSharp;

namespace Boreal.Oci.Content;

/// <summary>Recognises compressed streams and opens a decompressor for those we can read.</summary>
public static class CompressionDetector
{
    /// <summary>Bytes needed to be sure.</summary>
    public const int MagicBytes = 10;

    public static Compression Detect(ReadOnlySpan<byte> start) => start switch
    {
        [0x1f, 0x8b, 0x08, ..] => Compression.Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression.Zstd,
        // A skippable zstd frame, as seekable and eStargz-like tools put in front.
        [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => Compression.Zstd,
        [0x42, 0x5a, 0x68, ..] => Compression.Bzip2,
        [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, ..] => Compression.Xz,
        _ => Compression.None,
    };

    /// <exception cref="NotSupportedException">The compression is known but not built in.</exception>
    public static Stream Decompress(Compression compression, Stream compressed) => compression switch
    {
        Compression.None => compressed,
        Compression.Gzip => new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true),
        Compression.Zstd => new DecompressionStream(compressed, leaveOpen: true),
        _ => throw new NotSupportedException($"archives compressed with {compression.ToString().ToLowerInvariant()} can't be read, use gzip, zstd or none"),
    };
}
