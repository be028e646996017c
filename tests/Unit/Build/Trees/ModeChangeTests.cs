using Boreal.Build.Trees;

namespace Boreal.Tests.Unit.Build.Trees;

public sealed class ModeChangeTests
{
    [Theory]
    [InlineData("u+x", "644", false, "744")]
    [InlineData("+x", "644", false, "755")]
    [InlineData("a=r", "777", false, "444")]
    [InlineData("go-rwx", "755", false, "700")]
    [InlineData("u=rwX,go=rX", "600", false, "644")]
    [InlineData("u=rwX,go=rX", "600", true, "755")]
    [InlineData("u=rwX,go=rX", "710", false, "755")]
    [InlineData("g=u", "740", false, "770")]
    [InlineData("u+s,g+s", "755", false, "6755")]
    [InlineData("+t", "777", true, "1777")]
    [InlineData("u-w+x", "644", false, "544")]
    public void Apply_Change_IsChmods(string change, string before, bool isFolder, string after) =>
        Assert.Equal(Convert.ToUInt32(after, 8), new ModeChange(change).Apply(Convert.ToUInt32(before, 8), isFolder));
}
