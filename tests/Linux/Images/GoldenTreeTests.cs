using Boreal.Linux.Syscalls;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Linux.Images;

/// <summary>
/// An image of three layers with everything a layer can hold, and the tree Docker 26 made of it, file by file. Times of
/// directories that the layers only imply are when they were made, and left out.
/// </summary>
public sealed class GoldenTreeTests
{
    private const string DockersId = "sha256:81b24d5362ed8e694af9b93f0e53da7651f277ccd34b56ced8bba04d2171bc03";
    private const long DockersSize = 80;

    private static readonly string[] Implied = ["/etc", "/implied", "/implied/by", "/implied/by/name", "/run"];

    [Fact]
    public async Task Load_GoldenImage_GivesDockersIdSizeAndTree()
    {
        await using var rig = new StorageRig();
        var folder = Path.Combine(Repository.Root, "tests/Linux/Images/Golden");
        await rig.LoadAsync(await File.ReadAllBytesAsync(Path.Combine(folder, "image.tar.gz"), TestContext.Current.CancellationToken));

        var image = rig.Storage.Images.Find("golden/tree:1");
        Assert.Equal((DockersId, DockersSize), (image.Id.ToString(), image.Size));

        var folders = rig.Storage.Images.Folders(image);
        using var merged = new TemporaryDirectory();
        Mount.Attach("overlay", merged.Path, "overlay", MountFlags.ReadOnly, $"lowerdir={folders.Upper}:{folders.Lower}");
        try
        {
            Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(folder, "tree.txt"), TestContext.Current.CancellationToken), TreeListing.Of(merged.Path).Select(WithoutImpliedTime));
        }
        finally
        {
            Mount.Detach(merged.Path);
        }
    }

    private static string WithoutImpliedTime(string line)
    {
        var fields = line.Split(' ');
        if (Implied.Contains(fields[0]))
            fields[3] = "-";
        return string.Join(' ', fields);
    }
}
