using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Boreal.Tests.TestKit.Registries;

/// <summary>
/// A gzip layer of any size with one file, written in moments: the file repeats one block, half of it noise, and each repetition is
/// the same gzip member. To whoever unpacks it, it is as much work as any other.
/// </summary>
public static class LargeLayer
{
    private const int BlockSize = 16 << 20;

    /// <summary>Writes the blob; gives its digest, its size and its diff id.</summary>
    public static async Task<(string Digest, long Size, string DiffId)> WriteAsync(string path, string file, long megabytes, int seed)
    {
        var blocks = megabytes * (1 << 20) / BlockSize;
        var block = new byte[BlockSize];
        new Random(seed).NextBytes(block.AsSpan(0, BlockSize / 2));
        block.AsSpan(BlockSize / 2).Fill((byte)'x');
        using var blobHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var tarHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var output = File.Create(path);

        async Task AddAsync(byte[] content, byte[] member)
        {
            tarHash.AppendData(content);
            blobHash.AppendData(member);
            await output.WriteAsync(member);
        }

        var header = await HeaderAsync(file, blocks * BlockSize);
        await AddAsync(header, Member(header));
        var repeated = Member(block);
        for (var i = 0; i < blocks; i++) await AddAsync(block, repeated);
        var end = new byte[1024];
        await AddAsync(end, Member(end));
        return (Text(blobHash), output.Length, Text(tarHash));
    }

    private static string Text(IncrementalHash hash) => "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());

    private static byte[] Member(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(content);
        return output.ToArray();
    }

    // The writer makes an empty file; its header is made to promise what follows. In base 256, for sizes past 8 GB.
    private static async Task<byte[]> HeaderAsync(string file, long size)
    {
        const int SizeAt = 124;
        const int ChecksumAt = 148;
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
            await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.RegularFile, file) { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        var header = archive.ToArray()[..512];
        header[SizeAt] = 0x80;
        for (var i = 11; i > 0; i--, size >>= 8) header[SizeAt + i] = (byte)size;
        header.AsSpan(ChecksumAt, 8).Fill((byte)' ');
        var sum = header.Sum(b => b);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, ChecksumAt);
        return header;
    }
}
