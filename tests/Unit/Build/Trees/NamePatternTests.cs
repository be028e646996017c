using Boreal.Build.Trees;

namespace Boreal.Tests.Unit.Build.Trees;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "abc", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abcd", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("?", "", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("[^a-c]x", "dx", true)]
    [InlineData("[\\]]", "]", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "ab", false)]
    [InlineData("ab", "abc", false)]
    public void Matches_Pattern_IsGos(string pattern, string name, bool expected) => Assert.Equal(expected, NamePattern.Matches(pattern, name));

    [Theory]
    [InlineData("[")]
    [InlineData("[a")]
    [InlineData("[]a]")]
    [InlineData("[-x]")]
    [InlineData("\\")]
    public void Matches_MalformedPattern_IsRefused(string pattern) => Assert.Throws<FormatException>(() => NamePattern.Matches(pattern, "a"));

    [Fact]
    public void Matches_ManyStars_TakesNoLongTime() => Assert.False(NamePattern.Matches(string.Concat(Enumerable.Repeat("*a", 100)) + "b", new string('a', 5000)));
}
