using Boreal.Linux.Compression;
using Boreal.Oci.Content;

namespace Boreal.Engine.Archives;

/// <summary>Archives as plain streams.</summary>
internal static class ArchiveStream
{
    /// <exception cref="NotSupportedException">The machine has not what the compression needs.</exception>
    public static Stream Open(Compression compression, Stream compressed) => compression switch
    {
        Compression.Xz => DecompressingStream.Xz(compressed),
        Compression.Bzip2 => DecompressingStream.Bzip2(compressed),
        _ => CompressionDetector.Decompress(compression, compressed),
    };
}
