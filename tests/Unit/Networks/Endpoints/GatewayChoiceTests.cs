using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Endpoints;

namespace Boreal.Tests.Unit.Networks.Endpoints;

public sealed class GatewayChoiceTests
{
    [Fact]
    public void Of_Equals_TakesTheFirstByName() => Assert.Equal("a", GatewayChoice.Of([On("b"), On("a"), On("c")]).IPv4?.Network);

    [Fact]
    public void Of_Priorities_TakesTheHighest() => Assert.Equal("b", GatewayChoice.Of([On("a"), On("b", priority: 1), On("c", priority: -1)]).IPv4?.Network);

    [Fact]
    public void Of_InternalNetworks_LeadNowhere()
    {
        Assert.Equal("b", GatewayChoice.Of([On("a", gateway: ""), On("b")]).IPv4?.Network);
        Assert.Null(GatewayChoice.Of([On("a", gateway: "")]).OfPorts);
    }

    [Fact]
    public void Of_Families_AreChosenEachForItself()
    {
        var choice = GatewayChoice.Of([On("a"), On("b") with { Gateway6 = "fd00::1" }]);

        Assert.Equal(("a", "b"), (choice.IPv4?.Network, choice.IPv6?.Network));
    }

    [Fact]
    public void OfPorts_OnAWireOfTheHosts_AreNone() => Assert.Null(GatewayChoice.Of([On("a") with { Driver = "macvlan" }, On("b")]).OfPorts);

    private static EndpointStatus On(string network, int priority = 0, string gateway = "10.0.0.1") =>
        new() { EndpointId = network, NetworkId = network, Network = network, Driver = "bridge", Gateway = gateway, GatewayPriority = priority };
}
