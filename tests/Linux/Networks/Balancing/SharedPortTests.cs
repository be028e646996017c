using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Linux.Networks.Balancing;

/// <summary>Several containers behind one published port of the host.</summary>
public sealed class SharedPortTests
{
    [Fact]
    public async Task Published_ByThreeOfAGroup_GivesEachTheSameShare()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync(3);

        foreach (var (from, address) in new[]
        {
            (lab.Outside, NetworkLab.HostAddress), (lab.Host, NetworkLab.HostAddress), (lab.Host, IPAddress.Loopback), (lab.Host, IPAddress.IPv6Loopback),
            (web.Servers[0].Status.SandboxKey, NetworkLab.HostAddress),
        })
        {
            BalanceLab.AssertShares([10, 10, 10], await web.CountAsync(from, address, 30));
        }
    }

    [Fact]
    public async Task Published_ByStickyOnes_GivesEachClientOneOfThem()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        for (var i = 0; i < 3; i++) await web.AddAsync(request => request with { IsSticky = true });

        Assert.Equal([0, 0, 20], (await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 20)).Order());
    }

    [Fact]
    public async Task Published_OnLoopback_IsShared()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        for (var i = 0; i < 2; i++)
            await web.AddAsync(request => request with { Network = request.Network with { Published = [new PublishedPort(new(80, "tcp"), "127.0.0.1", "8080")] } });

        BalanceLab.AssertShares([10, 10], await web.CountAsync(lab.Host, IPAddress.Loopback, 20));
        await Assert.ThrowsAsync<SocketException>(() => lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080));
    }

    [Fact]
    public async Task Published_WithoutANumber_IsTheGroupsPort()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        for (var i = 0; i < 2; i++)
            await web.AddAsync(request => request with { Network = request.Network with { Published = [new PublishedPort(new(80, "tcp"), "", "")] } });

        var port = Assert.Single(web.Servers.SelectMany(server => server.Status.Ports).Select(port => port.HostPort).Distinct());
        BalanceLab.AssertShares([10, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 20, port));
    }

    [Fact]
    public async Task Detach_OfOne_LeavesItsShareToTheOthersAndTheirConnectionsAlone()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync(3);
        var clients = new List<Socket>();
        for (var i = 0; i < 3; i++) clients.Add(await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080));

        await lab.DetachAsync(web.Servers[0].Status);

        BalanceLab.AssertShares([0, 10, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 20));
        foreach (var server in web.Servers.Skip(1))
        {
            using var accepted = server.Accepted[0];
            var client = Assert.Single(clients, client => client.LocalEndPoint is IPEndPoint { Port: var port } && accepted.RemoteEndPoint is IPEndPoint remote && remote.Port == port);
            var echoing = Talk.EchoAsync(accepted, TestContext.Current.CancellationToken);
            Assert.Equal("still here", await Talk.AskAsync(client, "still here"));
            await echoing;
        }
    }

    [Fact]
    public async Task Detach_OfTheLast_FreesThePort()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync(2);
        var taken = await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "8080")));
        Assert.EndsWith("Bind for 0.0.0.0:8080 failed: port is already allocated", taken.Message, StringComparison.Ordinal);

        foreach (var server in web.Servers) await lab.DetachAsync(server.Status);

        await lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "8080"));
    }

    [Fact]
    public async Task Restart_OfTheDaemon_GoesOnWithAll()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync(3);
        await lab.Sandboxes.DisposeAsync();

        await lab.RestartAsync([.. web.Servers.Select(server => server.Status)]);

        BalanceLab.AssertShares([10, 10, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 30));
        BalanceLab.AssertShares([10, 10, 10], await web.CountAsync(lab.Host, IPAddress.IPv6Loopback, 30));
        foreach (var server in web.Servers) await lab.DetachAsync(server.Status);
        await lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "8080"));
    }
}
