using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;

namespace Boreal.Tests.Linux.Networks.Balancing;

/// <summary>Several containers behind one published port of the host.</summary>
public sealed class SharedPortTests
{
    [Fact]
    public async Task Published_ByThreeOfAGroup_GivesEachTheSameShare()
    {
        await using var lab = await NetworkLab.StartAsync();
        var servers = await AttachAsync(lab, 3);

        foreach (var (from, address) in new[]
        {
            (lab.Outside, NetworkLab.HostAddress), (lab.Host, NetworkLab.HostAddress), (lab.Host, IPAddress.Loopback), (lab.Host, IPAddress.IPv6Loopback),
            (servers[0].Status.SandboxKey, NetworkLab.HostAddress),
        })
        {
            Assert.Equal([10, 10, 10], await CountAsync(lab, servers, from, address, 30));
        }
    }

    [Fact]
    public async Task Detach_OfOne_LeavesItsShareToTheOthersAndTheirConnectionsAlone()
    {
        await using var lab = await NetworkLab.StartAsync();
        var servers = await AttachAsync(lab, 3);
        var open = new List<Socket>();
        for (var i = 0; i < 3; i++) open.Add(await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080));

        await lab.DetachAsync(servers[0].Status);

        Assert.Equal([0, 10, 10], await CountAsync(lab, servers, lab.Outside, NetworkLab.HostAddress, 20));
        var alive = 0;
        foreach (var server in servers.Skip(1))
        {
            using var accepted = server.Accepted[0];
            var echoing = Talk.EchoAsync(accepted, TestContext.Current.CancellationToken);
            foreach (var socket in open) if (Equals(socket.LocalEndPoint, accepted.RemoteEndPoint)) Assert.Equal("still here", await Talk.AskAsync(socket, "still here"));
            await echoing;
            alive++;
        }

        Assert.Equal(2, alive);
    }

    [Fact]
    public async Task Detach_OfTheLast_FreesThePort()
    {
        await using var lab = await NetworkLab.StartAsync();
        var servers = await AttachAsync(lab, 2);
        await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "8080")));

        foreach (var server in servers) await lab.DetachAsync(server.Status);

        await lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "8080"));
    }

    private static async Task<IReadOnlyList<Server>> AttachAsync(NetworkLab lab, int count)
    {
        var servers = new List<Server>();
        for (var i = 0; i < count; i++)
        {
            var id = ContainerId.Create();
            var status = await lab.AttachAsync(new SandboxRequest(id, $"web-{i}", $"web-{i}", new NetworkSpec { Mode = "bridge", Published = [new PublishedPort(new(80, "tcp"), "", "8080")] })
            {
                Group = "web",
            });
            servers.Add(new Server(status, lab.ListenTcp(status.SandboxKey, 80)));
        }

        return servers;
    }

    private static async Task<IReadOnlyList<int>> CountAsync(NetworkLab lab, IReadOnlyList<Server> servers, string from, IPAddress address, int connections)
    {
        await Task.WhenAll(servers.Select(server => server.TakeAllAsync()));
        for (var i = 0; i < connections; i++) (await lab.ConnectAsync(from, address, 8080)).Dispose();
        var counts = new List<int>();
        foreach (var server in servers) counts.Add(await server.TakeAllAsync());
        return counts;
    }

    private sealed class Server(NetworkStatus status, Socket listener)
    {
        public NetworkStatus Status => status;

        public List<Socket> Accepted { get; } = [];

        /// <summary>Accepts what waits; says how many there were.</summary>
        public async Task<int> TakeAllAsync()
        {
            var count = 0;
            while (listener.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
            {
                Accepted.Add(await listener.AcceptAsync(TestContext.Current.CancellationToken));
                count++;
            }

            return count;
        }
    }
}
