using System.IO.Compression;
using System.Text;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;

namespace Boreal.Tests.Linux.Images;

public sealed class ImageImporterTests
{
    [Fact]
    public async Task Import_TreeOfEverything_LandsFileByFile()
    {
        await using var rig = new StorageRig();
        var image = await rig.ImportAsync(Everything(), "test/all:1");

        var tree = TreeListing.Of(rig.Storage.Images.Folders(image).Upper);

        Assert.Equal(
        [
            "/dev 40755 0:0 1500000000.0 0",
            "/dev/null 20666 0:0 1500000000.0 1 1:3",
            "/empty 40700 1000:1000 1500000000.0 0",
            "/etc 40755 0:0 1500000000.0 0",
            "/etc/passwd 100644 0:0 1500000000.0 2 2d711642b726b044",
            "/etc/same 100644 0:0 1500000000.0 2 2d711642b726b044",
            "/pipe 10644 0:0 1500000000.0 1",
            "/su 104755 5:5 1500000000.0 1 2d711642b726b044 security.capability=0100000200000000000000000000000000000000 user.note=6869",
            "/to 120777 0:0 1500000000.0 1 -> ../../../etc/passwd",
        ], tree);
        Assert.Equal(["test/all:1"], image.RepoTags.Count > 0 ? image.RepoTags : rig.Storage.Images.Find("test/all:1").RepoTags);
        Assert.Equal(1 + 1 + "../../../etc/passwd".Length, image.Size);
    }

    [Fact]
    public async Task Import_ReplacedEntries_LastOneStandsAndTheTarComesBackByteForByte()
    {
        await using var rig = new StorageRig();
        var tar = new TestTar().File("a", "first").Folder("d").File("d/f", "one").File("a", "second").File("d", "now a file").Symlink("l", "etc").Folder("etc").File("l/x", "through").Build();
        var image = await rig.ImportAsync(tar, "test/replaced");

        var upper = rig.Storage.Images.Folders(image).Upper;
        Assert.Equal("second", File.ReadAllText(Path.Combine(upper, "a")));
        Assert.Equal("now a file", File.ReadAllText(Path.Combine(upper, "d")));
        Assert.Equal("through", File.ReadAllText(Path.Combine(upper, "etc/x")));
        Assert.Equal(Digest.OfSha256(tar), image.LayerChain[0]);
        // The archive holds the layer's tar: it is rebuilt from the tree and checked against the digest on the way.
        Assert.True((await rig.SaveAsync("test/replaced")).AsSpan().IndexOf(tar) > 0);
    }

    [Fact]
    public async Task Import_GzipOrZstd_GivesTheSameLayerAsPlain()
    {
        await using var rig = new StorageRig();
        var tar = Everything();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(tar);

        var plain = await rig.ImportAsync(tar);
        var compressed = await rig.ImportAsync(packed.ToArray());

        Assert.Equal(plain.LayerChain, compressed.LayerChain);
        Assert.Equal(rig.Storage.Images.Folders(plain).Upper, rig.Storage.Images.Folders(compressed).Upper);
    }

    [Fact]
    public async Task Import_Changes_AreInTheConfiguration()
    {
        await using var rig = new StorageRig();
        var import = new ImageImport { Message = "hello", Changes = ["CMD [\"sh\", \"-c\", \"true\"]", "ENV A=b C=\"d e\"", "EXPOSE 80 53/udp", "WORKDIR /a", "WORKDIR b", "LABEL x=y"] };
        var image = await rig.Storage.Importer.ImportAsync(new MemoryStream(Everything()), import, TestContext.Current.CancellationToken);

        var config = image.Config.Config ?? throw new InvalidOperationException("no config");
        Assert.Equal(["sh", "-c", "true"], config.Cmd);
        Assert.Equal(["A=b", "C=d e"], config.Env);
        Assert.Equal(["53/udp", "80/tcp"], config.ExposedPorts?.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("/a/b", config.WorkingDir);
        Assert.Equal("y", config.Labels?["x"]);
        Assert.Equal("hello", image.Config.Comment);
    }

    [Theory]
    [InlineData("RUN x", "RUN is not a valid change command")]
    [InlineData("ENV", "ENV requires at least one argument")]
    public async Task Import_BadChange_IsRefusedInDockersWords(string change, string message)
    {
        await using var rig = new StorageRig();
        var failure = await Assert.ThrowsAsync<EngineException>(() =>
            rig.Storage.Importer.ImportAsync(new MemoryStream(Everything()), new ImageImport { Changes = [change] }, TestContext.Current.CancellationToken));
        Assert.Equal((ErrorKind.Invalid, message), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Reopen_AfterImportAndAStrayFolder_KeepsImagesAndRemovesStrays()
    {
        await using var rig = new StorageRig();
        var image = await rig.ImportAsync(Everything(), "test/kept");
        Directory.CreateDirectory(Path.Combine(rig.Paths.DataRoot, "layers", "77.new", "diff"));

        await rig.ReopenAsync();
        await rig.Storage.Snapshots.StartAsync(new HashSet<ContainerId>(), TestContext.Current.CancellationToken);
        await rig.Storage.DisposeAsync();

        Assert.Equal(image.Id, rig.Storage.Images.Find("test/kept").Id);
        Assert.Equal(["1"], rig.LayerFolders());
    }

    internal static byte[] Everything() => new TestTar()
        .Folder("etc").File("etc/passwd", "x", 0x1A0).HardLink("etc/same", "etc/passwd").Folder("empty", 0x1C0, 1000).Symlink("to", "../../../etc/passwd")
        .Folder("dev").Device("dev/null", 1, 3).Fifo("pipe")
        .File("su", "x", 0x9ED, 5, ("security.capability", Convert.FromHexString("0100000200000000000000000000000000000000")), ("user.note", Encoding.ASCII.GetBytes("hi")))
        .Build();
}
