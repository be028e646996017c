using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Linux.Netlink;
using Boreal.Linux.Nftables;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks.Ports;

public sealed class PublishedPortTests
{
    [Fact]
    public async Task Published_OnEveryAddress_IsReachableFromEverywhere()
    {
        await using var lab = await NetworkLab.StartAsync();
        var server = await lab.AttachAsync(Tcp(80, "8080"));
        var other = await lab.AttachAsync();
        var gateway = IPAddress.Parse(server.Bridge?.Gateway ?? "");
        var listener = lab.ListenTcp(server.SandboxKey, 80);

        foreach (var (from, address) in new[]
        {
            (lab.Host, IPAddress.Loopback), (lab.Host, NetworkLab.HostAddress), (lab.Host, IPAddress.IPv6Loopback), (lab.Host, gateway),
            (lab.Outside, NetworkLab.HostAddress), (other.SandboxKey, NetworkLab.HostAddress), (other.SandboxKey, gateway), (server.SandboxKey, NetworkLab.HostAddress),
        })
        {
            var answering = Talk.AnswerOnceAsync(listener);
            var socket = await lab.ConnectAsync(from, address, 8080);
            Assert.Equal("hello", await Talk.AskAsync(socket, "hello"));
            var seen = await answering;
            if (from == lab.Outside) Assert.Equal(NetworkLab.OutsideAddress, seen);
        }
    }

    [Fact]
    public async Task Published_OnLoopback_IsUnreachableFromOutside()
    {
        await using var lab = await NetworkLab.StartAsync();
        // The worst host: it lets loopback addresses in from every link.
        NetworkLab.In(lab.Host, () => Write("/proc/sys/net/ipv4/conf/all/route_localnet"));
        NetworkLab.In(lab.Outside, () => Write("/proc/sys/net/ipv4/conf/all/route_localnet"));
        var server = await lab.AttachAsync(new PublishedPort(new(80, "tcp"), "127.0.0.1", "8080"));
        lab.ListenTcp(server.SandboxKey, 80);

        await lab.ConnectAsync(lab.Host, IPAddress.Loopback, 8080);

        await Assert.ThrowsAsync<SocketException>(() => lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080));
        await Assert.ThrowsAsync<SocketException>(() => lab.ConnectAsync(server.SandboxKey, NetworkLab.HostAddress, 8080));
    }

    [Fact]
    public async Task Published_OnOneAddress_IsNotOnTheOthers()
    {
        await using var lab = await NetworkLab.StartAsync();
        var server = await lab.AttachAsync(new PublishedPort(new(80, "tcp"), NetworkLab.HostAddress.ToString(), "8080"));
        lab.ListenTcp(server.SandboxKey, 80);

        await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080);

        await Assert.ThrowsAsync<SocketException>(() => lab.ConnectAsync(lab.Host, IPAddress.Loopback, 8080));
    }

    [Fact]
    public async Task Published_Udp_CarriesDatagramsBothWays()
    {
        await using var lab = await NetworkLab.StartAsync();
        using var done = new CancellationTokenSource();
        var server = await lab.AttachAsync(new PublishedPort(new(53, "udp"), "", "5353"));
        var echoing = Talk.EchoDatagramsAsync(lab.Udp(server.SandboxKey, 53), done.Token);

        foreach (var (from, address) in new[] { (lab.Host, IPAddress.Loopback), (lab.Outside, NetworkLab.HostAddress), (server.SandboxKey, NetworkLab.HostAddress) })
        {
            var socket = lab.Udp(from);
            await socket.ConnectAsync(new IPEndPoint(address, 5353), TestContext.Current.CancellationToken);
            Assert.Equal("ping", await Talk.AskAsync(socket, "ping"));
        }

        using var six = NetworkLab.In(lab.Host, () => new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp));
        await six.ConnectAsync(new IPEndPoint(IPAddress.IPv6Loopback, 5353), TestContext.Current.CancellationToken);
        Assert.Equal("one", await Talk.AskAsync(six, "one"));
        Assert.Equal("two", await Talk.AskAsync(six, "two"));
        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => echoing);
    }

    [Fact]
    public async Task Published_Udp_ReachesAContainerThatCameLaterThanItsSender()
    {
        await using var lab = await NetworkLab.StartAsync();
        using var done = new CancellationTokenSource();
        var sender = lab.Udp(lab.Outside);
        await sender.SendToAsync(new byte[1], new IPEndPoint(NetworkLab.HostAddress, 5353), TestContext.Current.CancellationToken);
        var server = await lab.AttachAsync(new PublishedPort(new(53, "udp"), "", "5353"));
        var echoing = Talk.EchoDatagramsAsync(lab.Udp(server.SandboxKey, 53), done.Token);

        await sender.ConnectAsync(new IPEndPoint(NetworkLab.HostAddress, 5353), TestContext.Current.CancellationToken);
        // A busy machine may deliver the first datagram only now: it is echoed too.
        await sender.SendAsync("ping"u8.ToArray(), TestContext.Current.CancellationToken);
        await Talk.AwaitAsync(sender, "ping");

        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => echoing);
    }

    [Fact]
    public async Task Published_ByRangeAndEphemeral_TakesFreePorts()
    {
        await using var lab = await NetworkLab.StartAsync();
        lab.ListenTcp(lab.Host, 8000);

        var status = await lab.AttachAsync(Tcp(80, "8000-8002"), Tcp(81, "8000-8002"), Tcp(82, ""));

        Assert.Equal(["80/tcp 0.0.0.0:8001", "80/tcp [::]:8001", "81/tcp 0.0.0.0:8002", "81/tcp [::]:8002", "82/tcp 0.0.0.0:32768", "82/tcp [::]:32768"], Shown(status));
        var exception = await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(Tcp(80, "8001-8002")));
        Assert.EndsWith("): all ports are allocated", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_AllExposed_TakesEphemeralPorts()
    {
        await using var lab = await NetworkLab.StartAsync();

        var status = await lab.AttachAsync(new NetworkSpec { Mode = "bridge", PublishAll = true, Exposed = [new(80, "tcp"), new(53, "udp")], Published = [new(new(80, "tcp"), "127.0.0.1", "8080")] });

        Assert.Equal(["80/tcp 127.0.0.1:8080", "53/udp 0.0.0.0:32768", "53/udp [::]:32768"], Shown(status));
    }

    [Theory]
    [InlineData("", "0.0.0.0:8080")]
    [InlineData("127.0.0.1", "127.0.0.1:8080")]
    public async Task Published_TakenByAContainer_FailsInDockersWords(string address, string shown)
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.AttachAsync(Tcp(80, "8080"));

        var exception = await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(new PublishedPort(new(80, "tcp"), address, "8080")));

        Assert.Matches($@"^driver failed programming external connectivity on endpoint lab \([0-9a-f]{{64}}\): Bind for {shown} failed: port is already allocated$", exception.Message);
    }

    [Theory]
    [InlineData("", "listen tcp4 0.0.0.0:8080: bind: address already in use")]
    [InlineData("9.9.9.9", "listen tcp4 9.9.9.9:8080: bind: cannot assign requested address")]
    public async Task Published_RefusedByTheHost_FailsInDockersWordsAndKeepsNothing(string address, string reason)
    {
        await using var lab = await NetworkLab.StartAsync();
        lab.ListenTcp(lab.Host, 8080);

        var exception = await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(Tcp(90, "8090"), new PublishedPort(new(80, "tcp"), address, "8080")));

        Assert.EndsWith($"): Error starting userland proxy: {reason}", exception.Message, StringComparison.Ordinal);
        Assert.Equal("172.31.0.2", (await lab.AttachAsync(Tcp(90, "8090"))).Bridge?.Address);
    }

    [Fact]
    public async Task Published_AfterAForeignFlush_IsTranslatedAgain()
    {
        await using var lab = await NetworkLab.StartAsync();
        var server = await lab.AttachAsync(Tcp(80, "8080"));
        var listener = lab.ListenTcp(server.SandboxKey, 80);
        using var other = NetworkLab.In(lab.Host, () => NetlinkSocket.Open(NetlinkFamily.Netfilter));

        new NftBatch().DeleteTable(lab.Options.Table).Commit(other);

        var list = Command.Of("nsenter", $"--net={lab.Host}", Requirements.Program("nft", "nftables"), "list", "table", "ip", lab.Options.Table);
        await Eventually.HoldsAsync(async () => (await list.RunAsync()).ExitCode == 0, "the table is there again");
        var answering = Talk.AnswerOnceAsync(listener);
        await Talk.AskAsync(await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080), "hello");
        // By the proxy the container would see the bridge's address.
        Assert.Equal(NetworkLab.OutsideAddress, await answering);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.ConnectAsync(lab.Outside, IPAddress.Parse(server.Bridge?.Address ?? ""), 80, TimeSpan.FromMilliseconds(300)));
    }

    private static PublishedPort Tcp(ushort container, string host) => new(new(container, "tcp"), "", host);

    private static IEnumerable<string> Shown(NetworkStatus status) =>
        status.Ports.Select(port => $"{port.ContainerPort} {new IPEndPoint(IPAddress.Parse(port.HostAddress), port.HostPort)}");

    private static bool Write(string setting)
    {
        File.WriteAllText(setting, "1");
        return true;
    }
}
