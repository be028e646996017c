using Boreal.Registry.Access.Grants;

namespace Boreal.Tests.Unit.Registry.Access;

public sealed class GrantTests
{
    [Theory]
    [InlineData("team/**:pull,push", "team/**:pull,push")]
    [InlineData("**:admin", "**:admin")]
    [InlineData("a: push, pull", "a:pull,push")]
    public void Parse_ThenToString_IsCanonical(string text, string canonical) =>
        Assert.Equal(canonical, Grant.Parse(text).ToString());

    [Theory]
    [InlineData("team/**")]
    [InlineData(":pull")]
    [InlineData("a:")]
    [InlineData("a:read")]
    [InlineData("a:pull,,push")]
    public void Parse_NoGrant_Throws(string text) =>
        Assert.Throws<FormatException>(() => Grant.Parse(text));

    [Fact]
    public void On_SeveralGrants_AddUp()
    {
        var grants = new GrantSet([Grant.Parse("**:pull"), Grant.Parse("team/**:push"), Grant.Parse("own/x:admin")]);

        Assert.Equal(Rights.Pull, grants.On("other"));
        Assert.Equal(Rights.Pull | Rights.Push, grants.On("team/a"));
        Assert.Equal(Rights.All, grants.On("own/x"));
        Assert.False(grants.Administers);
        Assert.True(new GrantSet([Grant.Parse("**:admin")]).Administers);
    }
}
