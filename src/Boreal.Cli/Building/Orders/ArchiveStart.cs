namespace Boreal.Cli.Building.Orders;

/// <summary>Tells archives from text by how they begin.</summary>
internal static class ArchiveStart
{
    private const int TarMagicOffset = 257;

    private static readonly byte[][] Compressed =
    [
        [0x1F, 0x8B, 0x08],                   // gzip
        [0x42, 0x5A, 0x68],                   // bzip2
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], // xz
        [0x28, 0xB5, 0x2F, 0xFD],             // zstd
    ];

    public static bool IsArchive(ReadOnlySpan<byte> start)
    {
        foreach (var magic in Compressed)
        {
            if (start.StartsWith(magic)) return true;
        }

        return start.Length >= TarMagicOffset + 5 && start.Slice(TarMagicOffset, 5).SequenceEqual("ustar"u8);
    }
}
