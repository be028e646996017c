using System.Net;
using System.Net.Sockets;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks.Balancing;

/// <summary>By labels alone a container gets connections when it can serve them.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Start_WithoutAListener_GetsNothingUntilThereIsOne()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync();
        var late = await web.AddAsync(listens: false);

        Assert.Equal([10, 0], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10));

        late.Listen(lab);
        await Eventually.HoldsAsync(async () => (await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 2))[1] == 1, "the late one gets connections");
    }

    [Fact]
    public async Task Start_WithHealthChecks_GetsWhatTheySay()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync();
        var checkedOne = await web.AddAsync(request => request with { HasHealthChecks = true });
        Assert.Equal([10, 0], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10));

        lab.Sandboxes.SetHealthy(checkedOne.Id, isHealthy: true);
        BalanceLab.AssertShares([10, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 20));

        lab.Sandboxes.SetHealthy(checkedOne.Id, isHealthy: false);
        Assert.Equal([10, 0], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10));
    }

    [Fact]
    public async Task Start_WithNobodyReady_IsRefusedAsByOneContainer()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync(listens: false);

        var refused = await Assert.ThrowsAsync<SocketException>(() => lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task Restart_OfTheDaemon_KeepsAPausedOneOut()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync(request => request with { IsPaused = true });
        await web.AddAsync();
        await lab.Sandboxes.DisposeAsync();

        await lab.RestartAsync([.. web.Servers.Select(server => server.Status)]);

        Assert.Equal([0, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10));
    }
}
