using Boreal.BuildWire.Ignore;

namespace Boreal.Tests.Unit.BuildWire.Ignore;

public sealed class PatternMatcherTests
{
    private const string Paths =
        "a b a/b a/b/c a.md x/a.md x/y/a.md README.md docs/README.md node_modules/x src/node_modules/y .git/config foo foo/bar foo/bar/baz a*b é/ü temp/x tempx/y ab/c file1 file2";

    // What moby's patternmatcher answers.
    [Theory]
    [InlineData("a", "a a/b a/b/c")]
    [InlineData("/a", "a a/b a/b/c")]
    [InlineData("a/", "a a/b a/b/c")]
    [InlineData("*.md", "a.md README.md")]
    [InlineData("**/*.md", "a.md x/a.md x/y/a.md README.md docs/README.md")]
    [InlineData("*/*.md", "x/a.md docs/README.md")]
    [InlineData("**", "a b a/b a/b/c a.md x/a.md x/y/a.md README.md docs/README.md node_modules/x src/node_modules/y .git/config foo foo/bar foo/bar/baz a*b é/ü temp/x tempx/y ab/c file1 file2")]
    [InlineData("*", "a b a/b a/b/c a.md x/a.md x/y/a.md README.md docs/README.md node_modules/x src/node_modules/y .git/config foo foo/bar foo/bar/baz a*b é/ü temp/x tempx/y ab/c file1 file2")]
    [InlineData("a/**", "a/b a/b/c")]
    [InlineData("**/node_modules", "node_modules/x src/node_modules/y")]
    [InlineData("foo/**/baz", "foo/bar/baz")]
    [InlineData("?", "a b a/b a/b/c x/a.md x/y/a.md é/ü")]
    [InlineData("temp?", "tempx/y")]
    [InlineData("[a-c]", "a b a/b a/b/c")]
    [InlineData("file[^1]", "file2")]
    [InlineData("*.md\n!README.md", "a.md")]
    [InlineData("*\n!a", "b a.md x/a.md x/y/a.md README.md docs/README.md node_modules/x src/node_modules/y .git/config foo foo/bar foo/bar/baz a*b é/ü temp/x tempx/y ab/c file1 file2")]
    [InlineData("*\n!a/b", "a b a.md x/a.md x/y/a.md README.md docs/README.md node_modules/x src/node_modules/y .git/config foo foo/bar foo/bar/baz a*b é/ü temp/x tempx/y ab/c file1 file2")]
    [InlineData("**\n!**/*.md", "a b a/b a/b/c node_modules/x src/node_modules/y .git/config foo foo/bar foo/bar/baz a*b é/ü temp/x tempx/y ab/c file1 file2")]
    [InlineData("foo\n!foo/bar", "foo")]
    [InlineData("# comment\na", "a a/b a/b/c")]
    [InlineData("  a  ", "a a/b a/b/c")]
    [InlineData("./a/../b", "b")]
    [InlineData("a\\*b", "a*b")]
    [InlineData("é", "é/ü")]
    [InlineData("!a", "")]
    [InlineData("foo/*", "foo/bar foo/bar/baz")]
    [InlineData("**/b/**", "a/b/c")]
    [InlineData(".*", ".git/config")]
    [InlineData("a/b\n!a/b/c", "a/b")]
    [InlineData("**foo", "foo foo/bar foo/bar/baz")]
    [InlineData("../a", "")]
    [InlineData("", "")]
    [InlineData("**/", "a b a/b a/b/c a.md x/a.md x/y/a.md README.md docs/README.md node_modules/x src/node_modules/y .git/config foo foo/bar foo/bar/baz a*b é/ü temp/x tempx/y ab/c file1 file2")]
    [InlineData("x/**/a.md", "x/a.md x/y/a.md")]
    [InlineData("*/b", "a/b a/b/c")]
    [InlineData("a/**/c", "a/b/c")]
    public void Matches_OfAnIgnoreFile_AreDockers(string ignoreFile, string expected)
    {
        var matcher = PatternMatcher.Parse(IgnoreFile.Read(ignoreFile));
        Assert.Equal(expected, string.Join(' ', Paths.Split(' ').Where(matcher.Matches)));
    }

    [Theory]
    [InlineData("*\n!a/b")]
    [InlineData("**/b\n!a/b/c")]
    [InlineData("foo\n!foo/bar\nfoo/bar/baz")]
    public void Match_OfEntriesOnAWalk_AnswersAsForThePathsAlone(string ignoreFile)
    {
        var matcher = PatternMatcher.Parse(IgnoreFile.Read(ignoreFile));
        foreach (var path in Paths.Split(' '))
        {
            var walked = default(PathMatch);
            var above = "";
            foreach (var name in path.Split('/'))
            {
                above = above.Length == 0 ? name : $"{above}/{name}";
                walked = matcher.Match(above, walked);
            }
            Assert.Equal((path, matcher.Matches(path)), (path, walked.IsMatched));
        }
    }

    [Theory]
    [InlineData("[", "syntax error in pattern")]
    [InlineData("a[]", "syntax error in pattern")]
    [InlineData("[-a]", "syntax error in pattern")]
    [InlineData("a[b-]", "syntax error in pattern")]
    [InlineData("!", "illegal exclusion pattern: \"!\"")]
    public void Parse_OfABrokenPattern_SaysWhatDockerSays(string pattern, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => PatternMatcher.Parse([pattern])).Message);

    [Fact]
    public void Read_OfTooManyPatterns_IsRefused() =>
        Assert.Throws<FormatException>(() => IgnoreFile.Read(string.Concat(Enumerable.Repeat("a\n", 10_001))));

    [Fact]
    public void Matches_OfAPatternFullOfWildcards_TakesNoLongerThanItsLength()
    {
        var matcher = PatternMatcher.Parse([string.Concat(Enumerable.Repeat("*a", 500)) + "b"]);
        Assert.False(matcher.Matches(new string('a', 4000)));
    }
}
