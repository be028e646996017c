using Boreal.Registry.Access.Grants;

namespace Boreal.Tests.Unit.Registry.Access;

public sealed class RepositoryPatternTests
{
    [Theory]
    [InlineData("**", "a")]
    [InlineData("**", "a/b/c")]
    [InlineData("team/**", "team/a")]
    [InlineData("team/**", "team/a/b")]
    [InlineData("team/*", "team/a")]
    [InlineData("team/app-*", "team/app-web")]
    [InlineData("*/app", "x/app")]
    [InlineData("**/app", "x/y/app")]
    [InlineData("a*b*c", "aXbYbZc")]
    [InlineData("a/**/z", "a/b/c/z")]
    [InlineData("team/app", "team/app")]
    public void Matches_NameOfThePattern_IsTrue(string pattern, string name) =>
        Assert.True(RepositoryPattern.Parse(pattern).Matches(name.ToLowerInvariant()));

    [Theory]
    [InlineData("team/**", "team")]
    [InlineData("team/**", "teams/a")]
    [InlineData("team/*", "team/a/b")]
    [InlineData("*", "a/b")]
    [InlineData("team/app", "team/app/x")]
    [InlineData("team/app", "team")]
    [InlineData("**/app", "app")]
    [InlineData("a/**/z", "a/z")]
    [InlineData("team/app-*", "team/ap")]
    [InlineData("**", "")]
    public void Matches_OtherName_IsFalse(string pattern, string name) =>
        Assert.False(RepositoryPattern.Parse(pattern).Matches(name));

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("Team/*")]
    [InlineData("a**")]
    [InlineData("a b")]
    [InlineData("../a?")]
    public void Parse_NoPattern_Throws(string text) =>
        Assert.Throws<FormatException>(() => RepositoryPattern.Parse(text));

    [Fact]
    public void Matches_ManyStars_TakesNoLongTime()
    {
        var pattern = RepositoryPattern.Parse(string.Concat(Enumerable.Repeat("a*", 100)) + "b");
        Assert.False(pattern.Matches(new string('a', 255)));
    }
}
