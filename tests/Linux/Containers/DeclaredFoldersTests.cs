using Boreal.Engine.Containers;
using Boreal.Linux.Errors;

namespace Boreal.Tests.Linux.Containers;

public sealed class DeclaredFoldersTests : IDisposable
{
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("boreal-folders-");

    private string Root => Path.Combine(_outside.FullName, "root");

    public DeclaredFoldersTests() => Directory.CreateDirectory(Root);

    public void Dispose() => _outside.Delete(recursive: true);

    [Fact]
    public void Make_OfMissingPaths_MakesThemAndKeepsOthers()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Root, "there")).FullName, "file"), "x");
        DeclaredFolders.Make(Root, ["/a/b/c", "/there", "/a/b"]);
        Assert.True(Directory.Exists(Path.Combine(Root, "a/b/c")));
        Assert.True(File.Exists(Path.Combine(Root, "there/file")));
    }

    [Fact]
    public void Make_ThroughALinkThatPointsOutside_StaysInside()
    {
        File.CreateSymbolicLink(Path.Combine(Root, "out"), "/");
        DeclaredFolders.Make(Root, ["/out/boreal-declared", "/../boreal-up"]);
        Assert.True(Directory.Exists(Path.Combine(Root, "boreal-declared")));
        Assert.True(Directory.Exists(Path.Combine(Root, "boreal-up")));
        Assert.False(Directory.Exists("/boreal-declared"));
        Assert.False(Directory.Exists(Path.Combine(_outside.FullName, "boreal-up")));
    }

    [Fact]
    public void Make_BelowAFile_Fails()
    {
        File.WriteAllText(Path.Combine(Root, "file"), "");
        Assert.Throws<LinuxException>(() => DeclaredFolders.Make(Root, ["/file/x"]));
    }
}
