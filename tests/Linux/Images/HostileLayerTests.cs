using System.IO.Compression;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Linux.Images;

/// <summary>Archives made to escape, each beside a folder they would have to touch.</summary>
public sealed class HostileLayerTests
{
    public static TheoryData<string> Refused => ["dotdot", "hardlink out", "hardlink absolute", "through link", "through absolute link", "whiteout of dotdot", "truncated", "truncated gzip", "bad header"];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Import_HostileArchive_FailsAndLeavesNothing(string kind)
    {
        using var outside = new TemporaryDirectory();
        await using var rig = new StorageRig();

        await Assert.ThrowsAnyAsync<Exception>(() => rig.ImportAsync(Archive(kind, outside.Path), "bad/a:1"));

        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
        Assert.Empty(rig.Storage.Images.List());
        Assert.Empty(rig.LayerFolders());
    }

    [Fact]
    public async Task Import_LinkOutThenFileThroughIt_StaysInside()
    {
        using var outside = new TemporaryDirectory();
        await using var rig = new StorageRig();
        var name = outside.Path.TrimStart('/');
        var image = await rig.ImportAsync(new TestTar().Folder(name).Symlink("out", outside.Path).File("out/evil").File("/absolute").Build());

        var upper = rig.Storage.Images.Folders(image).Upper;
        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
        Assert.True(File.Exists(Path.Combine(upper, name, "evil")));
        Assert.True(File.Exists(Path.Combine(upper, "absolute")));
    }

    [Fact]
    public async Task Import_OverlayAttributes_AreNotTaken()
    {
        await using var rig = new StorageRig();
        var image = await rig.ImportAsync(new TestTar().File("a", "x", 0x1A4, 0, ("trusted.overlay.redirect", "/etc"u8.ToArray()), ("trusted.overlay.metacopy", [])).Build());
        Assert.DoesNotContain("overlay", TreeListing.Of(rig.Storage.Images.Folders(image).Upper)[0], StringComparison.Ordinal);
    }

    private static byte[] Archive(string kind, string outside) => kind switch
    {
        "dotdot" => new TestTar().File("good").File("../../../../../.." + outside + "/evil").Build(),
        "hardlink out" => new TestTar().HardLink("a", "../../../../../../etc/passwd").Build(),
        "hardlink absolute" => new TestTar().HardLink("a", "/etc/passwd").Build(),
        "through link" => new TestTar().Symlink("a", "../../../../../.." + outside).File("a/evil").Build(),
        "through absolute link" => new TestTar().Symlink("a", outside).File("a/evil").Build(),
        "whiteout of dotdot" => new TestTar().Folder("d").File("d/.wh...").Build(),
        "truncated" => new TestTar().File("a", new string('x', 5000)).Build()[..3000],
        "truncated gzip" => Gzip(new TestTar().File("a", Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(50_000))).Build())[..20_000],
        _ => [.. new TestTar().File("a").Build()[..1024], .. Enumerable.Repeat((byte)7, 512)],
    };

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }
}
