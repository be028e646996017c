using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Tests.Unit.Oci.Distribution;

public sealed class ChallengeTests
{
    [Fact]
    public void Parse_ABearerChallenge_HasItsParameters()
    {
        var challenge = Assert.Single(Challenge.Parse("Bearer realm=\"https://auth.example/token\",service=\"r,s\",scope=\"repository:a/b:pull,push\", error = invalid_token"));

        Assert.True(challenge.IsBearer);
        Assert.Equal(("https://auth.example/token", "r,s", "repository:a/b:pull,push", "invalid_token"), (challenge["realm"], challenge["Service"], challenge["scope"], challenge["error"]));
    }

    [Fact]
    public void Parse_TwoInOneHeader_AreTwo()
    {
        var challenges = Challenge.Parse("Negotiate, Basic realm=\"a \\\"b\\\"\", charset=utf-8, Bearer realm=x");

        Assert.Equal(["Negotiate", "Basic", "Bearer"], challenges.Select(challenge => challenge.Scheme));
        Assert.Equal("a \"b\"", challenges[1]["realm"]);
        Assert.True(challenges[1].IsBasic);
        Assert.Equal("x", challenges[2]["realm"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",,, ")]
    [InlineData("=")]
    [InlineData("\"")]
    public void Parse_Nothing_IsNone(string header) => Assert.Empty(Challenge.Parse(header));

    [Fact]
    public void Parse_AnUnendedString_EndsWithTheHeader() => Assert.Equal("a", Assert.Single(Challenge.Parse("Basic realm=\"a"))["realm"]);

    [Fact]
    public void Bearer_WithoutRealm_IsNone() => Assert.False(Assert.Single(Challenge.Parse("Bearer service=x")).IsBearer);
}
