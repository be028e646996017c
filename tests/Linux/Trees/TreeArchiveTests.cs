using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Tests.Linux.Trees;

/// <summary>An archive laid out anew beside its earlier state.</summary>
public sealed class TreeArchiveTests : IDisposable
{
    private const int SeveralPieces = 700_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("boreal-archive-");
    private readonly Dictionary<string, byte[]> _hashed = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ExtractAnew_OfUnchangedFiles_TakesThemOver()
    {
        await ExtractAsync("1", null, File("same", "x"), File("changed", "before"));
        _hashed.Clear();

        await ExtractAsync("2", "1", File("same", "x", UnixFileMode.UserRead), File("changed", "after!"));

        Assert.Equal(["changed"], _hashed.Keys);
        Assert.Equal(Inode("1/same"), Inode("2/same"));
        Assert.Equal(UnixFileMode.UserRead, System.IO.File.GetUnixFileMode(PathOf("2/same")));
        Assert.Equal("after!", await System.IO.File.ReadAllTextAsync(PathOf("2/changed"), TestContext.Current.CancellationToken));
        Assert.Equal("before", await System.IO.File.ReadAllTextAsync(PathOf("1/changed"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(SeveralPieces / 2)]
    [InlineData(SeveralPieces - 1)]
    public async Task ExtractAnew_OfAFileThatDiffersInOnePlace_WritesAllOfIt(int place)
    {
        var before = RandomNumberGenerator.GetBytes(SeveralPieces);
        var after = before.ToArray();
        after[place] ^= 1;
        await ExtractAsync("1", null, File("file", before));

        await ExtractAsync("2", "1", File("file", after));

        Assert.Equal(after, await System.IO.File.ReadAllBytesAsync(PathOf("2/file"), TestContext.Current.CancellationToken));
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(PathOf("1/file"), TestContext.Current.CancellationToken));
        Assert.Equal(SHA256.HashData(after), _hashed["file"]);
    }

    [Fact]
    public async Task ExtractAnew_OfTheSameNameTwice_HasTheLast()
    {
        await ExtractAsync("1", null, File("file", "one"));

        await ExtractAsync("2", "1", File("file", "one"), File("file", "two"));

        Assert.Equal("two", await System.IO.File.ReadAllTextAsync(PathOf("2/file"), TestContext.Current.CancellationToken));
        Assert.Equal("one", await System.IO.File.ReadAllTextAsync(PathOf("1/file"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ExtractAnew_OverALinkOfTheEarlierState_DoesNotFollowIt()
    {
        await ExtractAsync("1", null, File("d/file", "x"), new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "d" });

        await ExtractAsync("2", "1", File("link/file", "x"));

        Assert.NotEqual(Inode("1/d/file"), Inode("2/link/file"));
    }

    [Fact]
    public async Task ExtractAnew_OfAForgedNote_DoesNotKeepIt()
    {
        var attributes = new Dictionary<string, string> { ["SCHILY.xattr.trusted.boreal.sha256"] = "forged", ["SCHILY.xattr.user.own"] = "kept" };
        await ExtractAsync("1", null, new PaxTarEntry(TarEntryType.RegularFile, "file", attributes) { DataStream = new MemoryStream([1]) });

        using var tree = FileDescriptor.Open(PathOf("1"), OpenAt.DirectoryOnly);
        Assert.Equal(["user.own"], ExtendedAttributes.List(tree, "file"));
    }

    private static PaxTarEntry File(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite) =>
        File(name, Encoding.UTF8.GetBytes(content), mode);

    private static PaxTarEntry File(string name, byte[] content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), Mode = mode };

    private async Task ExtractAsync(string folder, string? before, params PaxTarEntry[] entries)
    {
        var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            foreach (var entry in entries)
                await writer.WriteEntryAsync(entry);
        }

        archive.Position = 0;
        Directory.CreateDirectory(PathOf(folder));
        using var root = FileDescriptor.Open(PathOf(folder), OpenAt.DirectoryOnly);
        using var earlier = before is null ? null : FileDescriptor.Open(PathOf(before), OpenAt.DirectoryOnly);
        await TreeArchive.ExtractAnewAsync(
            archive, root, earlier, (file, digest) => _hashed[Path.GetFileName(NodeAt.PathOf(file))] = digest, TestContext.Current.CancellationToken);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private ulong Inode(string path)
    {
        using var folder = FileDescriptor.Open(PathOf(Path.GetDirectoryName(path) ?? ""), OpenAt.DirectoryOnly);
        return StatAt.Get(folder, Path.GetFileName(path)).Inode;
    }
}
