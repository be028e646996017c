using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Balancing;

namespace Boreal.Tests.Linux.Networks.Balancing;

/// <summary>One address and one name for all containers of a service.</summary>
public sealed class VirtualAddressTests
{
    [Fact]
    public async Task Apply_Virtual_GivesTheNameOneAddressThatLeadsToEach()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("front", "10.201.0.0/24", "fd20:1::/64");
        var web = new BalanceLab(lab);
        await web.AddAsync(3, "front");
        var client = await lab.AttachAsync(NetworkLab.On("front"));

        var own = Assert.Single((await web.ApplyAsync(web.Spec(0, new BalancedNetwork("front", IsVirtual: true, ["web"])))).Addresses);

        Assert.Equal([own.Address], BalanceLab.Resolve(client, "web"));
        Assert.Equal([own.Address6], BalanceLab.Resolve(client, "web", AddressFamily.InterNetworkV6));
        Assert.Equal(web.Servers.Select(server => server.Status.Endpoints[0].Address).Order(StringComparer.Ordinal), BalanceLab.Resolve(client, "tasks.web"));
        foreach (var address in new[] { IPAddress.Parse(own.Address), IPAddress.Parse(own.Address6) })
        {
            BalanceLab.AssertShares([10, 10, 10], await web.CountAsync(client.SandboxKey, address, 30, port: 80));
            // One of them is itself.
            BalanceLab.AssertShares([10, 10, 10], await web.CountAsync(web.Servers[0].Status.SandboxKey, address, 30, port: 80));
            BalanceLab.AssertShares([10, 10, 10], await web.CountAsync(lab.Host, address, 30, port: 80));
        }
    }

    [Fact]
    public async Task Apply_VirtualOnAnInternalNetwork_LeadsToEach()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync(NetworkLab.Describe("back", "10.201.0.0/24") with { IsInternal = true });
        var web = new BalanceLab(lab);
        await web.AddAsync(2, "back");
        var client = await lab.AttachAsync(NetworkLab.On("back"));

        var own = Assert.Single((await web.ApplyAsync(web.Spec(0, new BalancedNetwork("back", IsVirtual: true, ["web"])))).Addresses);

        BalanceLab.AssertShares([10, 10], await web.CountAsync(client.SandboxKey, IPAddress.Parse(own.Address), 20, port: 80));
    }

    [Fact]
    public async Task Apply_WithNobodyReady_RefusesWhatTheHostWouldAnswer()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("front", "10.201.0.0/24", "fd20:1::/64");
        lab.ListenTcp6(lab.Host, 80);
        var web = new BalanceLab(lab);
        await web.AddAsync(1, "front");
        var client = await lab.AttachAsync(NetworkLab.On("front"));

        var own = Assert.Single((await web.ApplyAsync(web.Spec(1, new BalancedNetwork("front", IsVirtual: true, ["web"])))).Addresses);

        foreach (var address in (string[])[own.Address, own.Address6])
        {
            var refused = await Assert.ThrowsAsync<SocketException>(() => lab.ConnectAsync(client.SandboxKey, IPAddress.Parse(address), 80));
            Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        }
    }

    [Fact]
    public async Task Apply_Direct_NamesThoseThatGetConnections()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("front");
        var web = new BalanceLab(lab);
        await web.AddAsync(3, "front");
        var client = await lab.AttachAsync(NetworkLab.On("front"));

        await web.ApplyAsync(web.Spec(1, new BalancedNetwork("front", IsVirtual: false, ["web"])));

        Assert.Equal(web.Servers.Skip(1).Select(server => server.Status.Endpoints[0].Address).Order(StringComparer.Ordinal), BalanceLab.Resolve(client, "web"));
        Assert.Equal([web.Servers[0].Status.Endpoints[0].Address], BalanceLab.Resolve(client, "web-1"));
    }

    [Fact]
    public async Task Label_Name_GivesAnAddressForAsLongAsOneIsThere()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("front", "10.201.0.0/29");
        var web = new BalanceLab(lab);
        for (var i = 0; i < 2; i++) await web.AddAsync(request => request with { ServiceName = "site" }, listens: true, "front");
        var client = await lab.AttachAsync(NetworkLab.On("front"));

        var own = IPAddress.Parse(Assert.Single(BalanceLab.Resolve(client, "site")));
        BalanceLab.AssertShares([5, 5], await web.CountAsync(client.SandboxKey, own, 10, port: 80));
        foreach (var server in web.Servers) await lab.DetachAsync(server.Status);

        // All five that containers can have are free again.
        var statuses = new List<NetworkStatus>();
        for (var i = 0; i < 4; i++) statuses.Add(await lab.AttachAsync(NetworkLab.On("front")));
        Assert.Contains(statuses, status => status.Endpoints[0].Address == own.ToString());
    }

    [Fact]
    public async Task Restart_OfTheDaemon_KeepsTheAddressAndWhoGetsConnections()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("front", "10.201.0.0/24");
        var web = new BalanceLab(lab);
        await web.AddAsync(3, "front");
        var client = await lab.AttachAsync(NetworkLab.On("front"));
        var own = Assert.Single((await web.ApplyAsync(web.Spec(1, new BalancedNetwork("front", IsVirtual: true, ["web"])))).Addresses);
        await lab.Sandboxes.DisposeAsync();

        await lab.RestartAsync([client, .. web.Servers.Select(server => server.Status)]);

        Assert.Equal([own.Address], BalanceLab.Resolve(client, "web"));
        BalanceLab.AssertShares([0, 10, 10], await web.CountAsync(client.SandboxKey, IPAddress.Parse(own.Address), 20, port: 80));
        BalanceLab.AssertShares([0, 10, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 20));
        Assert.Equal(own.Address, Assert.Single(web.Balancer.Find("web")?.Addresses ?? []).Address);
    }

    [Fact]
    public async Task Remove_GivesTheAddressBack()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("front", "10.201.0.0/24");
        var web = new BalanceLab(lab);
        await web.AddAsync(1, "front");
        var own = Assert.Single((await web.ApplyAsync(web.Spec(0, new BalancedNetwork("front", IsVirtual: true, ["web"])))).Addresses);

        await web.Balancer.RemoveAsync("web", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<SocketException>(() => lab.ConnectAsync(lab.Host, IPAddress.Parse(own.Address), 80));
        Assert.Equal(own.Address, (await lab.AttachAsync(NetworkLab.On("front"))).Endpoints[0].Address);
        BalanceLab.AssertShares([10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10));
    }
}
