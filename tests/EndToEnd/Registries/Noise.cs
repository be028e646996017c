using System.Formats.Tar;
using System.Security.Cryptography;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>Bytes that do not compress, the same for the same seed.</summary>
internal static class Noise
{
    public static byte[] Bytes(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Sum(int size, int seed) => Convert.ToHexStringLower(SHA256.HashData(Bytes(size, seed)));

    /// <summary>A tar with one such file.</summary>
    public static byte[] Tar(string path, int size, int seed)
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, leaveOpen: true))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Bytes(size, seed)) });
        return archive.ToArray();
    }
}
