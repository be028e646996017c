using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Unit.Daemon.Http;

public sealed class FilterSetTests
{
    [Theory]
    [InlineData("""{"status":{"running":true,"paused":true}}""")]
    [InlineData("""{"status":["running","paused"]}""")]
    public void Parse_MapAndListForm_GiveTheSameValues(string json)
    {
        var filters = FilterSet.Parse(json);

        Assert.Equal(["running", "paused"], filters.Get("status"));
        Assert.True(filters.Matches("status", "paused"));
        Assert.False(filters.Matches("status", "exited"));
        Assert.True(filters.Matches("name", "anything"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("""{"status":"running"}""")]
    public void Parse_AnythingElse_IsRefusedInDockersWords(string json)
    {
        var refused = Assert.Throws<EngineException>(() => FilterSet.Parse(json));

        Assert.Equal((ErrorKind.Invalid, "invalid filter"), (refused.Kind, refused.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    public void Parse_Nothing_FiltersNothing(string json) => Assert.True(FilterSet.Parse(json).IsEmpty);

    [Fact]
    public void Validate_UnknownKey_IsRefusedByName()
    {
        var filters = FilterSet.Parse("""{"a":["b"]}""");

        Assert.Equal("invalid filter 'a'", Assert.Throws<EngineException>(() => filters.Validate("label", "status")).Message);
        Assert.Same(filters, filters.Validate("a"));
    }

    [Theory]
    [InlineData("""{"label":["a"]}""", true)]
    [InlineData("""{"label":["a=1","b"]}""", true)]
    [InlineData("""{"label":["a=2"]}""", false)]
    [InlineData("""{"label":["a","c"]}""", false)]
    public void MatchesLabels_SeveralWanted_AllMustFit(string json, bool expected) =>
        Assert.Equal(expected, FilterSet.Parse(json).MatchesLabels("label", new Dictionary<string, string> { ["a"] = "1", ["b"] = "" }));

    [Fact]
    public void GetBool_NeitherTrueNorFalse_IsRefused()
    {
        Assert.True(FilterSet.Parse("""{"dangling":["1"]}""").GetBool("dangling", whenMissing: false));
        Assert.True(FilterSet.None.GetBool("dangling", whenMissing: true));
        Assert.Equal("invalid filter 'dangling=[maybe]'",
            Assert.Throws<EngineException>(() => FilterSet.Parse("""{"dangling":["maybe"]}""").GetBool("dangling", whenMissing: false)).Message);
    }
}
