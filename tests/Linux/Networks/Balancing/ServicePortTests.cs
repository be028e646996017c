using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Balancing;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks.Balancing;

/// <summary>Ports of the host that a service has for itself.</summary>
public sealed class ServicePortTests
{
    private static readonly BalancedPort Any = new("", 0, new PortSpec(80, "tcp"));
    private static readonly BalancedPort Fixed = new("", 8080, new PortSpec(80, "tcp"));
    private static readonly PublishedPort Same = new(new(80, "tcp"), "", "8080");

    [Fact]
    public async Task Apply_Port_LeadsToContainersThatDoNotPublish()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        for (var i = 0; i < 2; i++) await web.AddAsync(Unpublished);

        var port = (await web.ApplyAsync(web.Spec() with { Ports = [Any] })).Ports[0].HostPort;

        foreach (var (from, address) in new[] { (lab.Outside, NetworkLab.HostAddress), (lab.Host, IPAddress.Loopback), (lab.Host, IPAddress.IPv6Loopback) })
            BalanceLab.AssertShares([10, 10], await web.CountAsync(from, address, 20, port));
        Assert.Equal(port, (await web.ApplyAsync(web.Spec(1) with { Ports = [Any] })).Ports[0].HostPort);
        BalanceLab.AssertShares([0, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10, port));
    }

    [Fact]
    public async Task Apply_Port_IsTheServicesWhileContainersComeAndGo()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.ApplyAsync(web.Spec() with { Ports = [Fixed] });
        await AssertTakenAsync(lab);

        await web.AddAsync();
        await web.ApplyAsync(web.Spec() with { Ports = [Fixed] });
        BalanceLab.AssertShares([10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10));
        await lab.DetachAsync(web.Servers[0].Status);
        await AssertTakenAsync(lab);
        await lab.Sandboxes.DisposeAsync();
        await lab.RestartAsync();
        await AssertTakenAsync(lab);

        await web.Balancer.RemoveAsync(BalanceLab.Service, TestContext.Current.CancellationToken);
        await lab.AttachAsync(Same);
    }

    [Fact]
    public async Task Apply_PortInUse_FailsInDockersWordsAndChangesNothing()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.AttachAsync(Same);
        var web = new BalanceLab(lab);

        var taken = await Assert.ThrowsAsync<EngineException>(() => web.ApplyAsync(web.Spec() with { Ports = [new BalancedPort("", 8081, new PortSpec(81, "tcp")), Fixed] }));

        Assert.Equal("Bind for 0.0.0.0:8080 failed: port is already allocated", taken.Message);
        Assert.Null(web.Balancer.Find(BalanceLab.Service));
        await lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "8081"));
    }

    [Fact]
    public async Task Apply_NamingAContainerThatHasThePort_SharesIt()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        var first = await web.AddAsync(request => request with { Group = "" });
        var client = await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080);
        await web.ApplyAsync(web.Spec() with { Ports = [Fixed] });
        await web.AddAsync();
        await web.ApplyAsync(web.Spec() with { Ports = [Fixed] });

        BalanceLab.AssertShares([10, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 20));
        await lab.Sandboxes.DisposeAsync();
        await lab.RestartAsync([.. web.Servers.Select(server => server.Status)]);
        BalanceLab.AssertShares([10, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 20));
        await lab.DetachAsync(first.Status);
        BalanceLab.AssertShares([0, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10));
        Assert.True(client.Connected);
    }

    [Fact]
    public async Task Apply_Hosted_LeavesThePortToAnotherSocketAndTakesItBack()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync();
        await web.ApplyAsync(web.Spec() with { Ports = [Fixed] });

        await web.ApplyAsync(web.Spec() with { Ports = [Fixed with { IsHosted = true }] });
        using (var proxy = lab.ListenTcp(lab.Host, 8080))
        {
            await web.AddAsync();
            await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080);
            Assert.True(proxy.Poll(Eventually.Patience, SelectMode.SelectRead));
            await AssertTakenAsync(lab);
        }

        await web.ApplyAsync(web.Spec() with { Ports = [Fixed] });
        BalanceLab.AssertShares([10, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 20));
        BalanceLab.AssertShares([10, 10], await web.CountAsync(lab.Host, IPAddress.IPv6Loopback, 20));
    }

    private static Engine.Networks.SandboxRequest Unpublished(Engine.Networks.SandboxRequest request) => request with { Network = request.Network with { Published = [] } };

    private static async Task AssertTakenAsync(NetworkLab lab)
    {
        var taken = await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(Same));
        Assert.EndsWith("Bind for 0.0.0.0:8080 failed: port is already allocated", taken.Message, StringComparison.Ordinal);
    }
}
