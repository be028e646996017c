using Boreal.Cli.CommandLine;
using Boreal.Cli.Copying;

namespace Boreal.Tests.Unit.Cli.Copying;

public sealed class CopyPlanTests
{
    [Theory]
    [InlineData("/d", true, "/w/out", null, "/w", "d/f", "out/f")]
    [InlineData("/d/.", true, "/w/out", null, "/w", "./f", "out/f")]
    [InlineData("/d", true, "/w/out", true, "/w/out", "d/f", "d/f")]
    [InlineData("/d/.", true, "/w/out", true, "/w/out", "./f", "./f")]
    [InlineData("/d/f", false, "/w/new", null, "/w", "f", "new")]
    [InlineData("/d/f", false, "/w/old", false, "/w", "f", "old")]
    public void Plan_ByWhatIsThere_PlacesEntries(string source, bool isDirectory, string destination, bool? there, string directory, string entry, string placed)
    {
        var plan = CopyPlan.Make(source, isDirectory, destination, there);
        Assert.Equal(directory, plan.Directory);
        Assert.Equal(placed, plan.NameOf(entry));
    }

    [Fact]
    public void Plan_OfADirectoryOverAFile_IsRefused() =>
        Assert.Equal("cannot copy directory", Assert.Throws<CommandFailedException>(() => CopyPlan.Make("/d", true, "/w/f", false)).Message);

    [Fact]
    public void Plan_OfAFileToADirectoryThatIsNotThere_IsRefused() =>
        Assert.Equal("no such directory", Assert.Throws<CommandFailedException>(() => CopyPlan.Make("/d/f", false, "/w/new/", null)).Message);

    [Theory]
    [InlineData("web:/etc", "web", "/etc")]
    [InlineData("/a:b", "", "/a:b")]
    [InlineData("./a:b", "", "./a:b")]
    [InlineData("file", "", "file")]
    public void Target_ByItsForm_IsHereOrInAContainer(string text, string container, string path) => Assert.Equal(new CopyTarget(container, path), CopyTarget.Parse(text));
}
