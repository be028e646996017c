using System.Net;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Linux.Netlink;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks;

/// <summary>Containers on several networks, connected at the start or while they run.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Attach_SeveralNetworks_GivesTheModesNetworkTheFirstLink()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("a");
        await lab.CreateAsync("b");

        var status = await lab.AttachAsync(NetworkLab.On("b", "a", "bridge"));

        Assert.Equal([("b", "eth0"), ("a", "eth1"), ("bridge", "eth2")], status.Endpoints.Select(endpoint => (endpoint.Network, endpoint.Interface)));
        Assert.Equal(["eth0", "eth1", "eth2", "lo"], NetworkLab.Links(status.SandboxKey).Select(link => link.Name).Order());
        Assert.Equal("a", WayOut(status));
    }

    [Fact]
    public async Task Attach_GatewayPriority_DecidesTheWayOut()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("a");
        await lab.CreateAsync("b");

        var status = await lab.AttachAsync(new NetworkSpec
        {
            Mode = "a",
            Endpoints = [new EndpointSpec { Network = "a" }, new EndpointSpec { Network = "b", GatewayPriority = 5 }],
        });

        Assert.Equal("b", WayOut(status));
    }

    [Fact]
    public async Task Connect_Running_ReachesTheOtherNetworkAndKeepsItsConnections()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("a");
        await lab.CreateAsync("b");
        var status = await lab.AttachAsync(NetworkLab.On("b"));
        var first = await lab.AttachAsync(NetworkLab.On("b"));
        var second = await lab.AttachAsync(NetworkLab.On("a"));
        var listener = lab.ListenTcp(first.SandboxKey, 80);
        var client = await lab.ConnectAsync(status.SandboxKey, Address(first), 80);
        using var server = await listener.AcceptAsync(TestContext.Current.CancellationToken);

        status = await lab.ConnectAsync(status, "a");

        lab.ListenTcp(second.SandboxKey, 81);
        await lab.ConnectAsync(status.SandboxKey, Address(second), 81);
        var echoing = Talk.EchoAsync(server, TestContext.Current.CancellationToken);
        Assert.Equal("still here", await Talk.AskAsync(client, "still here"));
        await echoing;
        Assert.Equal("a", WayOut(status));
    }

    [Fact]
    public async Task Attach_WithTheAddressItHadAMomentAgo_GetsItAgain()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("a", "10.201.0.0/29");
        var asked = new NetworkSpec { Mode = "a", Endpoints = [new EndpointSpec { Network = "a", IPv4Address = "10.201.0.5" }] };
        for (var i = 0; i < 20; i++)
        {
            var status = await lab.AttachAsync(asked);
            Assert.Equal("10.201.0.5", status.Endpoints[0].Address);
            await lab.DetachAsync(status);
        }
    }

    [Fact]
    public async Task Disconnect_TheWayOut_ChangesItAndFreesTheAddress()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("a", "10.201.0.0/24");
        await lab.CreateAsync("b");
        var status = await lab.AttachAsync(NetworkLab.On("a", "b"));

        status = await lab.DisconnectAsync(status, "a");

        Assert.Equal("b", WayOut(status));
        Assert.DoesNotContain(NetworkLab.Links(status.SandboxKey), link => link.Name == "eth0");
        await Eventually.HoldsAsync(async () => (await lab.AttachAsync(NetworkLab.On("a"))).Endpoints[0].Address == "10.201.0.2", "the address is given out again");
    }

    [Fact]
    public async Task Ports_WhenTheWayOutChanges_Follow()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("a");
        await lab.CreateAsync("b");
        var status = await lab.AttachAsync(NetworkLab.On("b") with { Published = [new PublishedPort(new(80, "tcp"), "", "8080")] });
        lab.ListenTcp(status.SandboxKey, 80);
        await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080);

        status = await lab.ConnectAsync(status, "a");
        status = await lab.DisconnectAsync(status, "b");

        Assert.NotEmpty(status.Ports);
        await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080);
        Assert.Empty((await lab.DisconnectAsync(status, "a")).Ports);
    }

    [Fact]
    public async Task Ports_OnAnInternalNetwork_ArePublishedOnceThereIsAWayIn()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync(NetworkLab.Describe("a") with { IsInternal = true });
        await lab.CreateAsync("b");
        var spec = NetworkLab.On("a") with { Published = [new PublishedPort(new(80, "tcp"), "", "8080")] };
        var status = await lab.AttachAsync(spec);
        Assert.Empty(status.Ports);

        status = await lab.Sandboxes.ConnectAsync(new SandboxRequest(Engine.Containers.ContainerId.Create(), "lab", "lab", spec), status, new EndpointSpec { Network = "b" });

        Assert.NotEmpty(status.Ports);
        lab.ListenTcp(status.SandboxKey, 80);
        await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080);
    }

    [Fact]
    public async Task Attach_EndpointOptions_NameTheLinkAndSetItsSettings()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("a");

        var status = await lab.AttachAsync(Asking(new()
        {
            ["com.docker.network.endpoint.ifname"] = "wan0",
            ["com.docker.network.endpoint.sysctls"] = "net.ipv4.conf.IFNAME.log_martians=1",
        }));

        Assert.Contains(NetworkLab.Links(status.SandboxKey), link => link.Name == "wan0");
        Assert.Equal("1", NetworkLab.In(status.SandboxKey, () => File.ReadAllText("/proc/sys/net/ipv4/conf/wan0/log_martians")).Trim());
    }

    [Theory]
    [InlineData("net.ipv4.conf.all.log_martians=1")]
    [InlineData("kernel.IFNAME.x=1")]
    [InlineData("net.ipv4.conf.IFNAME.../../x=1")]
    public async Task Attach_SettingOfSomethingElse_IsRefusedAndLeavesNothing(string setting)
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("a");

        await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(Asking(new() { ["com.docker.network.endpoint.sysctls"] = setting })));

        Assert.Empty(lab.Networks.Find("a").Members);
    }

    private static NetworkSpec Asking(Dictionary<string, string> options) =>
        new() { Mode = "a", Endpoints = [new EndpointSpec { Network = "a", DriverOptions = options }] };

    private static IPAddress Address(NetworkStatus status) => IPAddress.Parse(status.Endpoints[0].Address);

    private static string WayOut(NetworkStatus status)
    {
        using var route = NetworkLab.In(status.SandboxKey, () => NetlinkSocket.Open(NetlinkFamily.Route));
        var index = NetworkTables.Routes(route).Single(entry => entry.PrefixLength == 0).LinkIndex;
        var link = NetworkTables.Links(route).Single(entry => entry.Index == index).Name;
        return status.Endpoints.Single(endpoint => endpoint.Interface == link).Network;
    }
}
