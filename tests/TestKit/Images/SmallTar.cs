using System.Formats.Tar;
using System.Text;

namespace Boreal.Tests.TestKit.Images;

/// <summary>An archive with one file.</summary>
public static class SmallTar
{
    public static async Task<byte[]> OfAsync(string path, string text)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, leaveOpen: true))
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return archive.ToArray();
    }
}
