using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Tests.Linux.Trees;

public sealed class MountPlaceTests : IDisposable
{
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("boreal-places-");

    private string Root => Path.Combine(_outside.FullName, "root");

    public MountPlaceTests() => Directory.CreateDirectory(Root);

    public void Dispose() => _outside.Delete(recursive: true);

    [Fact]
    public void Open_OfMissingPaths_MakesThemAndKeepsOthers()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Root, "there")).FullName, "file"), "x");
        Make("a/b/c");
        Make("there");
        Make("a/b");
        Make("a/file", directory: false);
        Assert.True(Directory.Exists(Path.Combine(Root, "a/b/c")));
        Assert.True(File.Exists(Path.Combine(Root, "there/file")));
        Assert.True(File.Exists(Path.Combine(Root, "a/file")));
        Assert.Equal((UnixFileMode)0x1ED, File.GetUnixFileMode(Path.Combine(Root, "a/b")));
    }

    [Fact]
    public void Open_ThroughALinkThatPointsOutside_StaysInside()
    {
        File.CreateSymbolicLink(Path.Combine(Root, "out"), "/");
        Make("out/boreal-place");
        Assert.True(Directory.Exists(Path.Combine(Root, "boreal-place")));
        Assert.False(Directory.Exists("/boreal-place"));
    }

    [Fact]
    public void Open_BelowAFile_Fails()
    {
        File.WriteAllText(Path.Combine(Root, "file"), "");
        Assert.Throws<LinuxException>(() => Make("file/x"));
    }

    private void Make(string path, bool directory = true)
    {
        using var root = FileDescriptor.Open(Root, OpenAt.DirectoryOnly);
        MountPlace.Open(root, path, directory).Dispose();
    }
}
