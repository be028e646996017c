using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>A layer of one file of zeros that is a thousand times larger than its gzip, with a true diff id.</summary>
internal static class GzipBomb
{
    private const int MemberSize = 64 << 20;

    public static async Task<(byte[] Blob, string DiffId)> MakeAsync(long size)
    {
        var head = new MemoryStream();
        await using (var tar = new TarWriter(head, leaveOpen: true))
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "zeros"));
        // The writer gives an empty file; its header is made to promise the zeros that follow. Sizes past 8 GB are in base 256.
        var header = head.ToArray()[^1536..^1024];
        WriteSize(header, size);
        var zeros = new byte[MemberSize];
        var member = Member(zeros);
        var members = (int)(size / MemberSize);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        var blob = new MemoryStream();
        blob.Write(Member(header));
        for (var i = 0; i < members; i++)
        {
            hash.AppendData(zeros);
            blob.Write(member);
        }

        var end = new byte[1024];
        hash.AppendData(end);
        blob.Write(Member(end));
        return (blob.ToArray(), "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static byte[] Member(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize)) gzip.Write(content);
        return output.ToArray();
    }

    private static void WriteSize(byte[] header, long size)
    {
        const int SizeAt = 124;
        const int ChecksumAt = 148;
        header[SizeAt] = 0x80;
        for (var i = 11; i > 0; i--, size >>= 8) header[SizeAt + i] = (byte)size;
        header.AsSpan(ChecksumAt, 8).Fill((byte)' ');
        var sum = header.Sum(b => b);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, ChecksumAt);
    }
}
