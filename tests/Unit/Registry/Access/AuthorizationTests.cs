using System.Text;
using Boreal.Registry.Access.Callers;

namespace Boreal.Tests.Unit.Registry.Access;

public sealed class AuthorizationTests
{
    [Theory]
    [InlineData("ann:pass", "ann", "pass")]
    [InlineData("ann:pa:ss", "ann", "pa:ss")]
    [InlineData("ann:", "ann", "")]
    [InlineData("änn:pässwörd", "änn", "pässwörd")]
    public void Parse_Basic_IsNameAndPassword(string text, string name, string password)
    {
        var found = Authorization.Parse("basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
        Assert.Equal((name, password), (found?.User, found?.Password));
    }

    [Fact]
    public void Parse_Bearer_IsTheToken() => Assert.Equal("abc", Authorization.Parse("Bearer abc")?.Token);

    [Theory]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic OnB3")]
    [InlineData("Basic /////w==")]
    [InlineData("Digest username=x")]
    public void Parse_Broken_IsNothing(string header) => Assert.Null(Authorization.Parse(header));
}
