using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Balancing;
using Boreal.Tests.TestKit.Dns;

namespace Boreal.Tests.Linux.Networks.Balancing;

/// <summary>Containers of a service in a <see cref="NetworkLab"/>, each with a server on port 80.</summary>
internal sealed class BalanceLab(NetworkLab lab)
{
    public const string Service = "web";
    public const int HostPort = 8080;

    private static readonly PublishedPort[] Published = [new PublishedPort(new(80, "tcp"), "", "8080")];

    public List<BalancedServer> Servers { get; } = [];

    public ServiceBalancer Balancer => new(lab.Sandboxes);

    /// <summary>One more, that gets connections unless it does not listen.</summary>
    public async Task<BalancedServer> AddAsync(Func<SandboxRequest, SandboxRequest>? change = null, bool listens = true, params string[] networks)
    {
        var spec = networks.Length == 0 ? new NetworkSpec { Mode = "bridge" } : NetworkLab.On(networks);
        var request = new SandboxRequest(ContainerId.Create(), $"web-{Servers.Count + 1}", "", spec with { Published = Published }) { Group = Service };
        request = change is null ? request : change(request);
        var status = await lab.AttachAsync(request);
        var server = new BalancedServer(request.Id, status);
        Servers.Add(server);
        if (!listens) return server;
        server.Listen(lab);
        // Of those with health checks the test says it.
        if (!request.HasHealthChecks) lab.Sandboxes.SetHealthy(request.Id, isHealthy: true);
        return server;
    }

    public async Task AddAsync(int count, params string[] networks)
    {
        for (var i = 0; i < count; i++) await AddAsync(null, listens: true, networks);
    }

    public Task<BalanceStatus> ApplyAsync(BalanceSpec spec) => Balancer.ApplyAsync(spec, TestContext.Current.CancellationToken);

    /// <summary>All servers but the first so many get connections.</summary>
    public BalanceSpec Spec(int draining = 0, params BalancedNetwork[] networks) => new()
    {
        Service = Service,
        Networks = networks,
        Containers = [.. Servers.Select((server, number) => new BalancedContainer(server.Id, IsDraining: number < draining))],
    };

    /// <summary>How many of so many connections each server gets.</summary>
    public async Task<IReadOnlyList<int>> CountAsync(string from, IPAddress address, int connections, int port = HostPort)
    {
        foreach (var server in Servers) await server.TakeAllAsync();
        for (var i = 0; i < connections; i++) (await lab.ConnectAsync(from, address, port)).Dispose();
        var counts = new List<int>();
        foreach (var server in Servers) counts.Add(await server.TakeAllAsync());
        return counts;
    }

    /// <summary>Each got its share of connections: a packet that the kernel saw twice takes a turn.</summary>
    public static void AssertShares(IReadOnlyList<int> expected, IReadOnlyList<int> actual)
    {
        Assert.Equal(expected.Sum(), actual.Sum());
        Assert.All(expected.Zip(actual), share => Assert.InRange(share.Second, share.First == 0 ? 0 : share.First - 2, share.First == 0 ? 0 : share.First + 2));
    }

    /// <summary>What a name stands for in a container; empty for nothing.</summary>
    public static IReadOnlyList<string> Resolve(NetworkStatus from, string name, AddressFamily family = AddressFamily.InterNetwork) => NetworkLab.In(from.SandboxKey, () => Ask(name, family));

    private static IReadOnlyList<string> Ask(string name, AddressFamily family)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000 };
        socket.Connect(new IPEndPoint(IPAddress.Parse("127.0.0.11"), 53));
        socket.Send(new DnsQuestion(name, family is AddressFamily.InterNetwork ? DnsQuestion.A : DnsQuestion.Aaaa).Bytes());
        var buffer = new byte[4096];
        var reply = DnsReply.Parse(buffer.AsSpan(0, socket.Receive(buffer)));
        return [.. reply.Answers.Order(StringComparer.Ordinal)];
    }
}
