using Boreal.BuildWire.Protocol.Types;
using Boreal.Cli.Building.Folders;
using Boreal.Linux.Files;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Cli.Building;

public sealed class FilteredFolderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public FilteredFolderTests()
    {
        Write("Dockerfile", "FROM scratch\n");
        Write("src/a.go", "a");
        Write("src/b.txt", "b");
        Write("src/deep/c.go", "c");
        Write("docs/readme.md", "r");
        Write("srcx/d.go", "d");
    }

    [Fact]
    public void Describe_WithoutAFilter_ListsAllInByteOrderDepthFirst() =>
        Assert.Equal("Dockerfile docs docs/readme.md src src/a.go src/b.txt src/deep src/deep/c.go srcx srcx/d.go", List(new FolderFilter()));

    [Theory]
    [InlineData("src", "src src/a.go src/b.txt src/deep src/deep/c.go")]
    [InlineData("src/deep/c.go", "src src/deep src/deep/c.go")]
    [InlineData("**/*.go", "src src/a.go src/deep src/deep/c.go srcx srcx/d.go")]
    [InlineData("src*/*.go", "src src/a.go srcx srcx/d.go")]
    [InlineData("Docker?ile", "Dockerfile")]
    [InlineData("none", "")]
    public void Describe_WithIncludes_ListsThemAndTheFoldersAbove(string pattern, string expected) => Assert.Equal(expected, List(new FolderFilter { Include = [pattern] }));

    [Theory]
    [InlineData("src", "Dockerfile docs docs/readme.md srcx srcx/d.go")]
    [InlineData("**/*.go", "Dockerfile docs docs/readme.md src src/b.txt src/deep srcx")]
    [InlineData("src|!src/deep/c.go", "Dockerfile docs docs/readme.md src src/deep src/deep/c.go srcx srcx/d.go")]
    [InlineData("*|!src|src/deep", "src src/a.go src/b.txt")]
    [InlineData("**|!**/*.md", "docs docs/readme.md")]
    public void Describe_WithExcludes_LeavesThemOut(string patterns, string expected) => Assert.Equal(expected, List(new FolderFilter { Exclude = patterns.Split('|') }));

    [Fact]
    public void Describe_WithBoth_ListsWhatIsIncludedAndNotExcluded() =>
        Assert.Equal("src src/b.txt", List(new FolderFilter { Include = ["src"], Exclude = ["**/*.go", "src/deep"] }));

    [Fact]
    public void Describe_OfALinkThatIsFollowed_ListsWhatItLeadsTo()
    {
        File.CreateSymbolicLink(_directory.File("link"), "src/deep");
        File.CreateSymbolicLink(_directory.File("absolute"), "/docs/readme.md");
        Assert.Equal("link src src/deep src/deep/c.go", List(new FolderFilter { Follow = ["link/c.go"] }));
        Assert.Equal("absolute docs docs/readme.md", List(new FolderFilter { Follow = ["absolute"] }));
        Assert.Equal("absolute docs docs/readme.md link src src/deep src/deep/c.go", List(new FolderFilter { Follow = ["*link", "abs*"] }));
    }

    [Fact]
    public void Describe_OfLinksThatLeadOutOrRoundAbout_StaysWithin()
    {
        File.CreateSymbolicLink(_directory.File("out"), "../../../../etc/passwd");
        File.CreateSymbolicLink(_directory.File("loop"), "loop");
        File.CreateSymbolicLink(_directory.File("ping"), "pong");
        File.CreateSymbolicLink(_directory.File("pong"), "ping");
        Assert.Equal("loop out ping pong", List(new FolderFilter { Follow = ["out", "loop", "ping"] }));
    }

    [Fact]
    public void Describe_OfALinkToTheFolderItself_ListsEverything()
    {
        File.CreateSymbolicLink(_directory.File("self"), ".");
        Assert.Equal("Dockerfile docs docs/readme.md self src src/a.go src/b.txt src/deep src/deep/c.go srcx srcx/d.go", List(new FolderFilter { Follow = ["self"] }));
    }

    [Fact]
    public void Describe_OfFiles_HidesOwnersAndKeepsTheRest()
    {
        File.SetUnixFileMode(_directory.File("src/a.go"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.SetUser);
        File.SetLastWriteTimeUtc(_directory.File("src/a.go"), DateTime.UnixEpoch.AddSeconds(5));
        var entry = Entries(new FolderFilter { Include = ["src/a.go"] })[^1];
        Assert.Equal((0u, 0u, 1L, 5_000_000_000L), (entry.Uid, entry.Gid, entry.Size, entry.ModTime));
        Assert.Equal(0x940u, GoMode.PermissionsOf(entry.Mode));
    }

    [Fact]
    public void TryOpen_OfAFile_ReadsIt()
    {
        using var folder = Open(new FolderFilter { Include = ["src/b.txt"] });
        Assert.Equal(2, folder.Describe().Count());
        using var file = folder.TryOpen(1);
        var buffer = new byte[10];
        Assert.Equal(1, file?.Read(buffer));
        Assert.Equal((byte)'b', buffer[0]);
        Assert.Equal(0, file?.Read(buffer));
    }

    [Fact]
    public void TryOpen_OfAFileThatBecameALink_ReadsNothing()
    {
        using var folder = Open(new FolderFilter { Include = ["src/b.txt"] });
        _ = folder.Describe().Count();
        File.Delete(_directory.File("src/b.txt"));
        File.CreateSymbolicLink(_directory.File("src/b.txt"), "/etc/passwd");
        Assert.Null(folder.TryOpen(1));
    }

    public void Dispose() => _directory.Dispose();

    private FilteredFolder Open(FolderFilter filter) => Assert.IsType<FilteredFolder>(new LocalFolder(_directory.Path).Open(filter));

    private List<Stat> Entries(FolderFilter filter)
    {
        using var folder = Open(filter);
        return [.. folder.Describe()];
    }

    private string List(FolderFilter filter) => string.Join(' ', Entries(filter).Select(entry => entry.Path.ToStringUtf8()));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory.File(path)) ?? "/");
        File.WriteAllText(_directory.File(path), text);
    }
}
