using Boreal.Build.Sources;

namespace Boreal.Tests.Unit.Build.Sources;

public sealed class GitReferenceTests
{
    [Theory]
    [InlineData("https://example.com/a/b.git", "https://example.com/a/b.git", "", "")]
    [InlineData("https://example.com/a/b.git#main", "https://example.com/a/b.git", "main", "")]
    [InlineData("https://example.com/a/b.git#main:sub/../dir", "https://example.com/a/b.git", "main", "dir")]
    [InlineData("https://example.com/a/b.git#:../../dir", "https://example.com/a/b.git", "", "dir")]
    [InlineData("https://example.com/a/b.git?branch=x&subdir=y", "https://example.com/a/b.git", "refs/heads/x", "y")]
    [InlineData("git@example.com:a/b.git#v1", "git@example.com:a/b.git", "v1", "")]
    [InlineData("ssh://git@example.com/a/b", "ssh://git@example.com/a/b", "", "")]
    [InlineData("git://example.com/a", "git://example.com/a", "", "")]
    public void Read_OfARepository_SplitsIt(string text, string remote, string reference, string folder)
    {
        var repository = GitReferenceReader.Read(text);
        Assert.Equal((remote, reference, folder), (repository?.Remote, repository?.Ref, repository?.Folder));
    }

    [Theory]
    [InlineData("https://example.com/a.tar.gz")]
    [InlineData("./a.git")]
    [InlineData("a/b")]
    [InlineData("ftp://example.com/a.git")]
    [InlineData("https://example.com/a/b.gitx")]
    public void Read_OfSomethingElse_IsNone(string text) => Assert.Null(GitReferenceReader.Read(text));

    [Fact]
    public void Read_OfAHostWithoutScheme_MayBeAPath() => Assert.True(GitReferenceReader.Read("github.com/a/b")?.MayBeLocal);
}
