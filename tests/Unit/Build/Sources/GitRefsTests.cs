using Boreal.Build.Sources;

namespace Boreal.Tests.Unit.Build.Sources;

public sealed class GitRefsTests
{
    private static readonly string One = new('1', 40);
    private static readonly string Two = new('2', 40);
    private static readonly string Three = new('3', 40);

    private static string Listing => $"ref: refs/heads/main\tHEAD\n{One}\tHEAD\n{One}\trefs/heads/main\n{Two}\trefs/heads/v1\n{Three}\trefs/tags/v1\n{Three}\trefs/tags/v2\n{Two}\trefs/tags/v2^{{}}\nnonsense\nzz\trefs/heads/bad\n";

    [Fact]
    public void Find_Nothing_IsTheDefaultBranch() => Assert.Equal(new GitCommit(One, "refs/heads/main"), GitRefs.Find(Listing, ""));

    [Fact]
    public void Find_NameOfBranchAndTag_IsTheBranch() => Assert.Equal(new GitCommit(Two, "refs/heads/v1"), GitRefs.Find(Listing, "v1"));

    [Fact]
    public void Find_FullName_IsThatAndNoOther() => Assert.Equal(new GitCommit(Three, "refs/tags/v1"), GitRefs.Find(Listing, "refs/tags/v1"));

    [Fact]
    public void Find_AnnotatedTag_IsItsCommit() => Assert.Equal(new GitCommit(Two, "refs/tags/v2") { TagId = Three }, GitRefs.Find(Listing, "v2"));

    [Theory]
    [InlineData("none")]
    [InlineData("bad")]
    [InlineData("heads")]
    public void Find_UnknownName_IsNothing(string name) => Assert.Null(GitRefs.Find(Listing, name));

    [Theory]
    [InlineData("2222222", true)]
    [InlineData("3333333333333333333333333333333333333333", true)]
    [InlineData("222222", false)]
    [InlineData("1111111", false)]
    [InlineData("2222222x", false)]
    public void Matches_Checksum_NamesCommitOrTagByItsBeginning(string checksum, bool matches) =>
        Assert.Equal(matches, GitRefs.Matches(checksum, new GitCommit(Two, "refs/tags/v2") { TagId = Three }));

    [Theory]
    [InlineData("https://me:pass@example.com/a.git", "https://example.com/a.git")]
    [InlineData("git@example.com:a.git", "git@example.com:a.git")]
    public void WithoutSecrets_Address_HasNoPassword(string remote, string shown) => Assert.Equal(shown, GitCheckout.WithoutSecrets(remote));
}
