using Boreal.Build.Dockerfile.Expansion;

namespace Boreal.Tests.Unit.Build.Dockerfile;

public sealed class ExpanderTests
{
    private static readonly Variables Known = Variables.From(["a=one two", "e=", "p=x/y/z.tar.gz"]);

    [Theory]
    [InlineData("$a b", "one|two|b")]
    [InlineData("\"$a\" b", "one two|b")]
    [InlineData("x${e}y", "xy")]
    [InlineData("8${e:-0}80", "8080")]
    [InlineData("a\\ b c", "a b|c")]
    [InlineData("'' a", "a")]
    [InlineData("<< EOF cat", "<< EOF|cat")]
    public void Expand_OfALine_SplitsAtUnquotedBlanks(string line, string words) =>
        Assert.Equal(words, string.Join('|', new Expander('\\').Expand(line, Known).Words));

    [Fact]
    public void Expand_OfAWord_TellsWhichVariablesItAskedFor()
    {
        var expanded = new Expander('\\').Expand("$a ${b:-$c} ${e:+$d} $b", Known);
        Assert.Equal(["a", "e"], expanded.Matched);
        Assert.Equal(["c", "b", "d"], expanded.Unmatched);
    }

    [Theory]
    [InlineData(ExpansionRules.KeepQuotes, "\"$a\" 'b' \\$c", "\"one two\" 'b' $c")]
    [InlineData(ExpansionRules.KeepEscapes, "\\$a \\b", "\\$a \\b")]
    [InlineData(ExpansionRules.PlainQuotes, "'$a'\"", "'one two'\"")]
    [InlineData(ExpansionRules.KeepUnset, "$u ${u} ${u:-v} ${u%w} ${u/x/y} $a", "$u ${u} ${u:-v} ${u%w} ${u/x/y} one two")]
    internal void Expand_UnderARule_LeavesWhatItSays(ExpansionRules rules, string word, string expected) =>
        Assert.Equal(expected, new Expander('\\', rules).Expand(word, Known).Text);

    [Theory]
    [InlineData("${p#*/}", "y/z.tar.gz")]
    [InlineData("${p##*/}", "z.tar.gz")]
    [InlineData("${p%.*}", "x/y/z.tar")]
    [InlineData("${p%%.*}", "x/y/z")]
    [InlineData("${p/?/-}", "-/y/z.tar.gz")]
    [InlineData("${p//[xyz]/-}", "x/y/z.tar.gz")]
    [InlineData("${p//\\//-}", "x-y-z.tar.gz")]
    [InlineData("${p//*/-}", "-")]
    public void Expand_WithAPattern_TakesTheShortestOrTheLongest(string word, string expected) =>
        Assert.Equal(expected, new Expander('\\').Expand(word, Known).Text);

    [Fact]
    public void Expand_WithAnotherEscape_LeavesBackslashesAlone() =>
        Assert.Equal("c:\\one two$a", new Expander('`').Expand("c:\\$a`$a", Known).Text);

    [Fact]
    public void Expand_OfDeeplyNestedSubstitutions_IsAnError()
    {
        var word = string.Concat(Enumerable.Repeat("${x:-", 10_000)) + new string('}', 10_000);
        Assert.Contains("nested deeper", new Expander('\\').Expand(word, Known).Error);
    }

    [Fact]
    public void Expand_OfAPatternThatMatchesNowhere_GivesUpInTime()
    {
        var known = Variables.From(["v=" + new string('a', 500_000)]);
        Assert.Contains("too long", new Expander('\\').Expand("${v//*a*a*a*b/x}", known).Error);
    }

    [Fact]
    public void Set_OfAVariableThatIsThere_MovesItToTheEnd() =>
        Assert.Equal(["e=", "p=x/y/z.tar.gz", "a=3"], Known.Set("a", "3").Assignments);
}
