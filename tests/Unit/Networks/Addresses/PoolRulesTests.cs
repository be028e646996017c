using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Addresses;

namespace Boreal.Tests.Unit.Networks.Addresses;

/// <summary>The texts are those of Docker 26.</summary>
public sealed class PoolRulesTests
{
    [Theory]
    [InlineData("10.0.3.0", "", "", "invalid subnet 10.0.3.0: invalid CIDR block notation")]
    [InlineData("", "", "10.0.3.1", "invalid subnet : invalid CIDR block notation")]
    [InlineData("10.0.3.0/33", "", "", "invalid subnet 10.0.3.0/33: invalid CIDR block notation")]
    [InlineData("10.3/16", "", "", "invalid subnet 10.3/16: invalid CIDR block notation")]
    [InlineData("10.0.3.5/24", "", "", "invalid subnet 10.0.3.5/24: it should be 10.0.3.0/24")]
    [InlineData("10.0.3.0/24", "", "10.0.4.1", "invalid gateway 10.0.4.1: parent subnet 10.0.3.0/24 doesn't contain this address")]
    [InlineData("10.0.3.0/24", "", "zz", "invalid gateway zz: invalid address")]
    [InlineData("10.0.3.0/24", "10.0.4.0/25", "", "invalid ip-range 10.0.4.0/25: parent subnet 10.0.3.0/24 doesn't contain ip-range")]
    [InlineData("10.0.3.0/24", "10.0.3.1/25", "", "invalid ip-range 10.0.3.1/25: it should be 10.0.3.0/25")]
    [InlineData("10.0.3.0/24", "10.0.0.0/16", "", "invalid ip-range 10.0.0.0/16: CIDR block is bigger than its parent subnet 10.0.3.0/24")]
    [InlineData("fd00::/64", "", "fd01::1", "invalid gateway fd01::1: parent subnet fd00::/64 doesn't contain this address")]
    public void Check_OneMistake_IsToldInDockersWords(string subnet, string range, string gateway, string expected) =>
        Assert.Equal($"invalid network config:\n{expected}", Mistakes(new NetworkPool { Subnet = subnet, Range = range, Gateway = gateway }));

    [Fact]
    public void Check_AuxiliaryAddressOutside_IsNamed() =>
        Assert.Equal(
            "invalid network config:\ninvalid auxiliary address h: parent subnet 10.0.3.0/24 doesn't contain this address",
            Mistakes(new NetworkPool { Subnet = "10.0.3.0/24", Auxiliary = new Dictionary<string, string> { ["h"] = "10.0.9.9" } }));

    [Fact]
    public void Check_SeveralMistakes_AreAllTold() =>
        Assert.Equal(
            "invalid network config:\n* invalid subnet x: invalid CIDR block notation\n* invalid gateway zz: invalid address",
            Mistakes(new NetworkPool { Subnet = "x" }, new NetworkPool { Subnet = "10.0.3.0/24", Gateway = "zz" }));

    [Fact]
    public void Check_GoodPools_PassesThem() =>
        PoolRules.Check([new NetworkPool { Subnet = "10.0.3.0/24", Range = "10.0.3.128/25", Gateway = "10.0.3.254" }, new NetworkPool { Subnet = "fd00::/64" }]);

    [Theory]
    [InlineData("10.0.3.0/24", "", "10.0.3.1")]
    [InlineData("10.0.3.0/24", "10.0.3.128/25", "10.0.3.128")]
    [InlineData("fd00::/64", "", "fd00::1")]
    public void ToPool_NoGateway_TakesTheFirstOfTheRange(string subnet, string range, string gateway) =>
        Assert.Equal(gateway, PoolPlan.ToPool(new NetworkPool { Subnet = subnet, Range = range }).Gateway?.ToString());

    [Fact]
    public void ToPool_AuxiliaryAddressIsTheGateways_IsRefused() =>
        Assert.Equal(
            "failed to allocate secondary ip address (h:10.0.3.1): Address already in use",
            Assert.Throws<EngineException>(() => PoolPlan.ToPool(new NetworkPool { Subnet = "10.0.3.0/24", Auxiliary = new Dictionary<string, string> { ["h"] = "10.0.3.1" } })).Message);

    private static string Mistakes(params NetworkPool[] pools)
    {
        var exception = Assert.Throws<EngineException>(() => PoolRules.Check(pools));
        Assert.Equal(ErrorKind.Invalid, exception.Kind);
        return exception.Message;
    }
}
