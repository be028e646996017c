using Boreal.Engine.Networks.Addresses;

namespace Boreal.Tests.Unit.Networks.Addresses;

public sealed class DefaultPoolTests
{
    [Fact]
    public void Pieces_OfABase_FillItInOrder() =>
        Assert.Equal(
            ["10.10.0.0/18", "10.10.64.0/18", "10.10.128.0/18", "10.10.192.0/18"],
            DefaultPool.Parse("base=10.10.0.0/16,size=18").Pieces().Select(piece => piece.ToString()));

    [Fact]
    public void Pieces_AtTheEndOfTheAddresses_End() =>
        Assert.Equal(["255.255.255.0/25", "255.255.255.128/25"], DefaultPool.Parse("base=255.255.255.0/24,size=25").Pieces().Select(piece => piece.ToString()));

    [Fact]
    public void Pieces_IPv6_AreMadeOneByOne() =>
        Assert.Equal("fd00:0:0:2::/64", DefaultPool.Parse("size=64,base=fd00::/48").Pieces().ElementAt(2).ToString());

    [Fact]
    public void All_Default_OverlapNowhereAndAreMany()
    {
        var pieces = DefaultPool.All.SelectMany(pool => pool.Pieces()).ToList();

        Assert.Equal(pieces.Count, pieces.Select(piece => piece.BaseAddress).Distinct().Count());
        Assert.True(pieces.Count > 400, $"{pieces.Count} networks");
    }

    [Theory]
    [InlineData("")]
    [InlineData("base=10.0.0.0/16")]
    [InlineData("base=10.0.0.0/16,size=8")]
    [InlineData("base=10.0.0.0/16,size=31")]
    [InlineData("base=10.0.0.0,size=24")]
    [InlineData("base=10.0.0.0/16,size=24,more=1")]
    public void Parse_Malformed_SaysSo(string text) => Assert.Throws<FormatException>(() => DefaultPool.Parse(text));
}
