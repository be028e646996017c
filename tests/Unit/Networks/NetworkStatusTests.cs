using Boreal.Engine.Networks;

namespace Boreal.Tests.Unit.Networks;

public sealed class NetworkStatusTests
{
    private static readonly EndpointStatus Back = On("back", "10.1.0.2", gateway: "");
    private static readonly EndpointStatus Front = On("front", "10.2.0.2", gateway: "10.2.0.1");
    private static readonly EndpointStatus Lan = On("a-lan", "192.0.2.9", gateway: "192.0.2.1") with { Driver = "macvlan" };

    [Fact]
    public void HostAddress_OnAnInternalNetworkToo_IsWherePortsLead() => Assert.Equal("10.2.0.2", AddressOf(Back, Front));

    [Fact]
    public void HostAddress_OnInternalNetworksOnly_IsTheFirstByName() => Assert.Equal("10.1.0.2", AddressOf(Back with { Network = "other", Address = "10.3.0.2" }, Back));

    [Fact]
    public void HostAddress_OnANetworkThatTheHostCannotReach_IsOnTheBridge()
    {
        Assert.Equal("10.1.0.2", AddressOf(Lan, Back));
        Assert.Equal("10.2.0.2", AddressOf(Lan, Front));
        Assert.Equal("", AddressOf(Lan));
    }

    [Fact]
    public void HostAddress_WithTheHigherPriority_IsThere() =>
        Assert.Equal("10.4.0.2", AddressOf(Front, On("later", "10.4.0.2", gateway: "10.4.0.1") with { GatewayPriority = 1 }));

    [Fact]
    public void HostAddress_WithoutIPv4_IsIPv6() =>
        Assert.Equal("fd00::2", AddressOf(Front with { Address = "", Gateway = "", Address6 = "fd00::2", Gateway6 = "fd00::1" }));

    private static string AddressOf(params EndpointStatus[] endpoints) =>
        new NetworkStatus { Mode = "front", SandboxId = "", SandboxKey = "", HostGateway = "", Endpoints = endpoints }.HostAddress;

    private static EndpointStatus On(string network, string address, string gateway) =>
        new() { EndpointId = network, NetworkId = network, Network = network, Driver = "bridge", Address = address, Gateway = gateway };
}
