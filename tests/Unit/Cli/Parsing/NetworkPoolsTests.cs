using Boreal.Cli.Parsing;

namespace Boreal.Tests.Unit.Cli.Parsing;

public sealed class NetworkPoolsTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void Join_OfTwoFamilies_PutsEachToItsSubnet()
    {
        var pools = NetworkPools.Join(
            ["10.9.0.0/24", "fd00:9::/64"], ["10.9.0.128/25"], ["fd00:9::1", "10.9.0.254"], new Dictionary<string, string> { ["router"] = "10.9.0.2" });

        Assert.Equal(("10.9.0.0/24", "10.9.0.128/25", "10.9.0.254"), (pools[0].Subnet, pools[0].IPRange, pools[0].Gateway));
        Assert.Equal("10.9.0.2", pools[0].AuxiliaryAddresses?["router"]);
        Assert.Equal(("fd00:9::/64", null, "fd00:9::1"), (pools[1].Subnet, pools[1].IPRange, pools[1].Gateway));
    }

    [Fact]
    public void Join_OfNothing_IsEmpty() => Assert.Empty(NetworkPools.Join([], [], [], None));

    [Fact]
    public void Join_OfASubnetThatIsNone_LeavesItToTheDaemon() => Assert.Equal("foo", Assert.Single(NetworkPools.Join(["foo"], [], [], None)).Subnet);

    [Theory]
    [InlineData("", "", "10.9.0.1", "every ip-range or gateway must have a corresponding subnet")]
    [InlineData("10.9.0.0/24 10.9.0.0/25", "", "", "multiple overlapping subnet configuration is not supported")]
    [InlineData("10.9.0.0/24", "10.8.0.0/25", "", "no matching subnet for range 10.8.0.0/25")]
    [InlineData("10.9.0.0/24", "", "10.8.0.1", "no matching subnet for gateway 10.8.0.1")]
    [InlineData("10.9.0.0/24 10.8.0.0/24", "", "10.9.0.1 10.9.0.2", "cannot configure multiple gateways (10.9.0.2, 10.9.0.1) for the same subnet (10.9.0.0/24)")]
    public void Join_OfWhatDoesNotFit_SaysWhy(string subnets, string ranges, string gateways, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => NetworkPools.Join(Words(subnets), Words(ranges), Words(gateways), None)).Message);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
