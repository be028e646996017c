using System.Net;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Linux.Netlink;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks;

public sealed class OwnNetworkTests
{
    [Fact]
    public async Task Create_WithoutASubnet_ChoosesOneNobodyHas()
    {
        await using var lab = await NetworkLab.StartAsync();

        var one = await lab.CreateAsync("one");
        var two = await lab.CreateAsync("two");

        Assert.Equal(["172.18.0.0/20", "172.18.16.0/20"], ((Network[])[one, two]).Select(network => network.Definition.Pools.Single().Subnet));
        Assert.Contains(NetworkLab.Links(lab.Host), link => link.Name == $"br-{one.Id[..12]}" && link.Kind == "bridge");
        Assert.Equal("172.18.0.1/20", Address(lab, one));
    }

    [Fact]
    public async Task Create_WhereARouteOfTheHostLeads_GoesElsewhere()
    {
        await using var lab = await NetworkLab.StartAsync();
        using (var route = NetworkLab.In(lab.Host, () => NetlinkSocket.Open(NetlinkFamily.Route)))
            route.Execute(new NetlinkRequest().AddAddress(1, IPAddress.Parse("172.18.3.4"), 24));

        Assert.Equal("172.18.16.0/20", (await lab.CreateAsync("one")).Definition.Pools.Single().Subnet);
    }

    [Fact]
    public async Task Create_OverlappingSubnet_IsRefusedAndLeavesNothing()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("one", "10.201.0.0/24");
        var links = NetworkLab.Links(lab.Host).Count(link => link.Kind == "bridge");

        var exception = await Assert.ThrowsAsync<EngineException>(() => lab.CreateAsync("two", "10.201.0.128/25"));

        Assert.Equal((ErrorKind.Forbidden, "Pool overlaps with other one on this address space: 10.201.0.128/25 with 10.201.0.0/24 of network one"), (exception.Kind, exception.Message));
        Assert.Null(lab.Networks.TryFind("two"));
        Assert.Equal(links, NetworkLab.Links(lab.Host).Count(link => link.Kind == "bridge"));
    }

    [Fact]
    public async Task Create_OnABridgeOfTheHosts_LeavesItThere()
    {
        await using var lab = await NetworkLab.StartAsync();
        using (var route = NetworkLab.In(lab.Host, () => NetlinkSocket.Open(NetlinkFamily.Route)))
        {
            route.Execute(new NetlinkRequest().AddBridge("theirs", [0x02, 0x42, 1, 2, 3, 4], 1500));
            var index = NetworkTables.Links(route).First(link => link.Name == "theirs").Index;
            route.Execute(new NetlinkRequest().AddAddress(index, IPAddress.Parse("10.202.0.1"), 24));
        }

        var options = new Dictionary<string, string> { ["com.docker.network.bridge.name"] = "theirs" };
        await Assert.ThrowsAsync<EngineException>(() => lab.CreateAsync(NetworkLab.Describe("n", "10.201.0.0/24") with { Options = options }));
        var network = await lab.CreateAsync(NetworkLab.Describe("n", "10.202.0.0/24") with { Options = options });
        await lab.RemoveAsync(network);

        Assert.Contains(NetworkLab.Links(lab.Host), link => link.Name == "theirs");
    }

    [Fact]
    public async Task Remove_WithSomebodyOnIt_IsRefused()
    {
        await using var lab = await NetworkLab.StartAsync();
        var network = await lab.CreateAsync("n");
        var status = await lab.AttachAsync(NetworkLab.On("n"));

        var exception = await Assert.ThrowsAsync<EngineException>(() => lab.RemoveAsync(network));
        Assert.Equal($"error while removing network: network n id {network.Id} has active endpoints", exception.Message);

        await lab.DetachAsync(status);
        await lab.RemoveAsync(network);
        Assert.DoesNotContain(NetworkLab.Links(lab.Host), link => link.Name == $"br-{network.Id[..12]}");
        Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(NetworkLab.On("n")))).Kind);
    }

    [Fact]
    public async Task Attach_FixedAddress_IsGivenOnceAtATime()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("n", "10.201.0.0/24");
        var spec = new NetworkSpec { Mode = "n", Endpoints = [new EndpointSpec { Network = "n", IPv4Address = "10.201.0.77", MacAddress = "02:00:00:00:00:07" }] };

        var status = await lab.AttachAsync(spec);
        var exception = await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(spec));
        await lab.DetachAsync(status);

        Assert.Equal(("10.201.0.77", "02:00:00:00:00:07"), (status.Endpoints.Single().Address, status.Endpoints.Single().MacAddress));
        Assert.Equal((ErrorKind.Forbidden, "Address already in use"), (exception.Kind, exception.Message));
        await Eventually.HoldsAsync(async () => await TryAttachAsync(lab, spec), "the address is free again");
    }

    [Fact]
    public async Task Containers_OnOneNetwork_ReachEachOtherInBothFamilies()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("n", "10.201.0.0/24", "fd00:201::/64");
        var server = await lab.AttachAsync(NetworkLab.On("n"));
        var client = await lab.AttachAsync(NetworkLab.On("n"));

        lab.ListenTcp(server.SandboxKey, 80);
        await lab.ConnectAsync(client.SandboxKey, IPAddress.Parse(server.Endpoints[0].Address), 80);
        lab.ListenTcp6(server.SandboxKey, 81);
        await lab.ConnectAsync(client.SandboxKey, IPAddress.Parse(server.Endpoints[0].Address6), 81);

        Assert.Equal(("fd00:201::2", "fd00:201::1", 64), (server.Endpoints[0].Address6, server.Endpoints[0].Gateway6, server.Endpoints[0].PrefixLength6));
    }

    [Fact]
    public async Task Containers_WithoutIcc_DoNotReachEachOther()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync(NetworkLab.Describe("n") with { Options = new Dictionary<string, string> { ["com.docker.network.bridge.enable_icc"] = "false" } });
        var server = await lab.AttachAsync(NetworkLab.On("n"));
        var client = await lab.AttachAsync(NetworkLab.On("n"));
        lab.ListenTcp(server.SandboxKey, 80);

        await Assert.ThrowsAnyAsync<Exception>(() => lab.ConnectAsync(client.SandboxKey, IPAddress.Parse(server.Endpoints[0].Address), 80, TimeSpan.FromMilliseconds(400)));
        await lab.ConnectAsync(lab.Host, IPAddress.Parse(server.Endpoints[0].Address), 80);
    }

    [Fact]
    public async Task Macvlan_OnTheHostsCable_IsReachedFromTheMachineOutside()
    {
        await using var lab = await NetworkLab.StartAsync();
        var network = await lab.CreateAsync(NetworkLab.Describe("wire") with
        {
            Driver = "macvlan",
            Pools = [new NetworkPool { Subnet = "10.99.0.0/24", Gateway = "10.99.0.2", Range = "10.99.0.128/25" }],
            Options = new Dictionary<string, string> { ["parent"] = "cable" },
        });
        var status = await lab.AttachAsync(NetworkLab.On("wire"));
        lab.ListenTcp(status.SandboxKey, 80);

        await lab.ConnectAsync(lab.Outside, IPAddress.Parse("10.99.0.128"), 80);

        Assert.Equal(("10.99.0.128", "10.99.0.2"), (status.Endpoints[0].Address, status.Endpoints[0].Gateway));
        await lab.DetachAsync(status);
        await lab.RemoveAsync(network);
        Assert.Contains(NetworkLab.Links(lab.Host), link => link.Name == "cable");
    }

    private static async Task<bool> TryAttachAsync(NetworkLab lab, NetworkSpec spec)
    {
        try
        {
            await lab.AttachAsync(spec);
            return true;
        }
        catch (EngineException)
        {
            return false;
        }
    }

    private static string Address(NetworkLab lab, Network network)
    {
        using var route = NetworkLab.In(lab.Host, () => NetlinkSocket.Open(NetlinkFamily.Route));
        var index = NetworkTables.Links(route).First(link => link.Name == $"br-{network.Id[..12]}").Index;
        var address = NetworkTables.Addresses(route).Single(entry => entry.LinkIndex == index);
        return $"{address.Address}/{address.PrefixLength}";
    }
}
