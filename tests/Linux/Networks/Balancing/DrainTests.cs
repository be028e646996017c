using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks.Balancing;
using Boreal.Linux.Nftables;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks.Balancing;

/// <summary>A container that is about to end gets nothing new and finishes what it has.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Apply_Draining_KeepsConnectionsAndCountsThem()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("front", "10.201.0.0/24");
        var web = new BalanceLab(lab);
        await web.AddAsync(2, "front");
        var inside = await lab.AttachAsync(NetworkLab.On("front"));
        var front = new BalancedNetwork("front", IsVirtual: true, ["web"]);
        var own = IPAddress.Parse(Assert.Single((await web.ApplyAsync(web.Spec(0, front))).Addresses).Address);
        var clients = new List<Socket>();
        // Translated by the kernel from outside and inside, carried by the proxy from IPv6's loopback: one of each to either server.
        foreach (var (from, address, port) in new[] { (lab.Outside, NetworkLab.HostAddress, 8080), (inside.SandboxKey, own, 80), (lab.Host, IPAddress.IPv6Loopback, 8080) })
        {
            for (var i = 0; i < 2; i++) clients.Add(await lab.ConnectAsync(from, address, port));
        }

        foreach (var server in web.Servers) await server.TakeAllAsync();
        Assert.Equal([3, 3], await CountOpenAsync(web));

        await web.ApplyAsync(web.Spec(1, front));

        BalanceLab.AssertShares([0, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10));
        BalanceLab.AssertShares([0, 10], await web.CountAsync(lab.Host, IPAddress.IPv6Loopback, 10));
        BalanceLab.AssertShares([0, 10], await web.CountAsync(inside.SandboxKey, own, 10, port: 80));
        Assert.Equal(3, (await CountOpenAsync(web))[0]);
        foreach (var socket in clients.Concat(web.Servers[0].Accepted)) socket.Dispose();
        await Eventually.HoldsAsync(async () => (await CountOpenAsync(web))[0] == 0, "no connection is open");
    }

    [Fact]
    public async Task Withdraw_Twice_TakesItOutAndBackIn()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        await web.AddAsync(2);

        lab.Sandboxes.Withdraw(web.Servers[1].Id, isWithdrawn: true);
        BalanceLab.AssertShares([10, 0], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 10));

        lab.Sandboxes.Withdraw(web.Servers[1].Id, isWithdrawn: false);
        BalanceLab.AssertShares([10, 10], await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 20));
    }

    [Fact]
    public async Task Withdraw_WhileDatagramsFlow_LeadsThemToAnother()
    {
        await using var lab = await NetworkLab.StartAsync();
        var web = new BalanceLab(lab);
        using var done = new CancellationTokenSource();
        var echoing = new List<Task>();
        for (var i = 0; i < 2; i++)
        {
            var server = await web.AddAsync(request => request with { Network = request.Network with { Published = [new PublishedPort(new(53, "udp"), "", "5353")] } });
            echoing.Add(AnswerAsync(lab.Udp(server.Status.SandboxKey, 53), $"{i}", done.Token));
        }

        foreach (var (from, address) in new[] { (lab.Outside, NetworkLab.HostAddress), (lab.Host, IPAddress.Loopback) })
        {
            var client = lab.Udp(from);
            await client.ConnectAsync(new IPEndPoint(address, 5353), TestContext.Current.CancellationToken);
            var first = await Talk.AskAsync(client, "who?");
            Assert.Equal(first, await Talk.AskAsync(client, "who?"));
            var id = web.Servers[first == "0" ? 0 : 1].Id;

            lab.Sandboxes.Withdraw(id, isWithdrawn: true);

            Assert.Equal(first == "0" ? "1" : "0", await Talk.AskAsync(client, "who?"));
            lab.Sandboxes.Withdraw(id, isWithdrawn: false);
        }

        await done.CancelAsync();
        foreach (var task in echoing) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    [Fact]
    public async Task Flush_ByOthers_IsHealed()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.CreateAsync("front", "10.201.0.0/24");
        var web = new BalanceLab(lab);
        await web.AddAsync(2, "front");
        var own = IPAddress.Parse(Assert.Single((await web.ApplyAsync(web.Spec(0, new BalancedNetwork("front", IsVirtual: true, ["web"])))).Addresses).Address);

        using (var host = new Boreal.Engine.Networks.HostNetwork(lab.Host))
            new NftBatch().DeleteTable(lab.Options.Table).Commit(host.Netfilter);

        await Eventually.HoldsAsync(async () => (await web.CountAsync(lab.Outside, NetworkLab.HostAddress, 2)).SequenceEqual([1, 1]), "both get connections");
        BalanceLab.AssertShares([5, 5], await web.CountAsync(lab.Host, own, 10, port: 80));
    }

    private static async Task<IReadOnlyList<int>> CountOpenAsync(BalanceLab web)
    {
        var counts = await web.Balancer.CountConnectionsAsync(BalanceLab.Service, TestContext.Current.CancellationToken);
        return [.. web.Servers.Select(server => counts[server.Id])];
    }

    private static async Task AnswerAsync(Socket socket, string answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[2048];
        while (true)
        {
            var datagram = await socket.ReceiveFromAsync(buffer.AsMemory(), new IPEndPoint(IPAddress.Any, 0), cancellationToken);
            await socket.SendToAsync(System.Text.Encoding.UTF8.GetBytes(answer), datagram.RemoteEndPoint, cancellationToken);
        }
    }
}
