using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks;
using Boreal.Linux.Netlink;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks;

public sealed class BridgeTests
{
    [Fact]
    public async Task Attach_Bridge_GivesAddressesAsDockerDoes()
    {
        await using var lab = await NetworkLab.StartAsync();

        var status = await lab.AttachAsync();

        var endpoint = status.Bridge ?? throw new InvalidOperationException("no endpoint");
        Assert.Equal("172.31.0.2", endpoint.Address);
        Assert.Equal("172.31.0.1", endpoint.Gateway);
        Assert.Equal(20, endpoint.PrefixLength);
        Assert.Equal("02:42:ac:1f:00:02", endpoint.MacAddress);
        Assert.Equal(lab.Sandboxes.NetworkId("bridge"), endpoint.NetworkId);
        Assert.Equal(status.SandboxKey, status.SandboxPath);
        Assert.Contains(NetworkLab.Links(status.SandboxKey), link => link.Name == "eth0" && link.Mtu == 1400);
        Assert.Empty(NetworkLab.In(status.SandboxKey, () => File.ReadLines("/proc/thread-self/net/if_inet6").Where(line => !line.EndsWith("lo", StringComparison.Ordinal)).ToList()));
    }

    [Fact]
    public async Task Containers_OnTheBridge_ReachEachOther()
    {
        await using var lab = await NetworkLab.StartAsync();
        var server = await lab.AttachAsync();
        var client = await lab.AttachAsync();
        var answering = Talk.AnswerOnceAsync(lab.ListenTcp(server.SandboxKey, 80));

        var socket = await lab.ConnectAsync(client.SandboxKey, Address(server), 80);

        Assert.Equal("hello", await Talk.AskAsync(socket, "hello"));
        Assert.Equal(Address(client), await answering);
    }

    [Fact]
    public async Task Container_ToAnotherMachine_LeavesWithTheHostsAddress()
    {
        await using var lab = await NetworkLab.StartAsync();
        var client = await lab.AttachAsync();
        var answering = Talk.AnswerOnceAsync(lab.ListenTcp(lab.Outside, 80));

        var socket = await lab.ConnectAsync(client.SandboxKey, NetworkLab.OutsideAddress, 80);

        Assert.Equal("hello", await Talk.AskAsync(socket, "hello"));
        Assert.Equal(NetworkLab.HostAddress, await answering);
    }

    [Fact]
    public async Task Container_UnpublishedPort_IsUnreachableFromOutside()
    {
        await using var lab = await NetworkLab.StartAsync();
        var server = await lab.AttachAsync();
        lab.ListenTcp(server.SandboxKey, 80);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.ConnectAsync(lab.Outside, Address(server), 80, TimeSpan.FromMilliseconds(500)));

        await lab.ConnectAsync(lab.Host, Address(server), 80);
    }

    [Fact]
    public async Task Attach_None_GivesLoopbackOnly()
    {
        await using var lab = await NetworkLab.StartAsync();

        var status = await lab.AttachAsync(new NetworkSpec { Mode = "none" });

        Assert.Null(status.Bridge);
        Assert.Equal(["lo"], NetworkLab.Links(status.SandboxKey).Select(link => link.Name));
        lab.ListenTcp(status.SandboxKey, 80);
        await lab.ConnectAsync(status.SandboxKey, IPAddress.Loopback, 80);
    }

    [Fact]
    public async Task Attach_Host_MakesNothing()
    {
        await using var lab = await NetworkLab.StartAsync();

        var status = await lab.AttachAsync(new NetworkSpec { Mode = "host" });

        Assert.Null(status.SandboxPath);
        Assert.EndsWith("/netns/default", status.SandboxKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detach_Always_LeavesNothingAndFreesTheAddress()
    {
        await using var lab = await NetworkLab.StartAsync();
        var status = await lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "8080"));
        var link = lab.Options.LinkPrefix + status.Endpoints[0].EndpointId[..6];
        Assert.Contains(NetworkLab.Links(lab.Host), present => present.Name == link);

        await lab.DetachAsync(status);
        await lab.DetachAsync(status);

        await Eventually.HoldsAsync(() => !File.Exists(status.SandboxKey), "the namespace's file is gone");
        await Eventually.HoldsAsync(() => NetworkLab.Links(lab.Host).All(present => present.Name != link), "the link is gone");
        await Assert.ThrowsAsync<SocketException>(() => lab.ConnectAsync(lab.Host, IPAddress.Loopback, 8080));
        Assert.Equal(Address(status), Address(await lab.AttachAsync()));
    }

    [Fact]
    public async Task Stop_WithNobodyConnected_TakesTheBridgeAwayThatWasMade()
    {
        await using var lab = await NetworkLab.StartAsync();
        Assert.Contains(NetworkLab.Links(lab.Host), link => link.Name == "lab0");
        await lab.Sandboxes.DisposeAsync();
        Assert.DoesNotContain(NetworkLab.Links(lab.Host), link => link.Name == "lab0");

        using (var route = NetworkLab.In(lab.Host, () => NetlinkSocket.Open(NetlinkFamily.Route)))
            route.Execute(new NetlinkRequest().AddBridge("lab0", [2, 0, 0, 0, 0, 1], 1400));
        await lab.RestartAsync();
        await lab.Sandboxes.DisposeAsync();
        Assert.Contains(NetworkLab.Links(lab.Host), link => link.Name == "lab0");
    }

    [Fact]
    public async Task Detach_Always_ForgetsTheConnectionsOfTheAddress()
    {
        await using var lab = await NetworkLab.StartAsync();
        using var done = new CancellationTokenSource();
        var first = await lab.AttachAsync(new PublishedPort(new(53, "udp"), "", "5353"));
        var echoing = Talk.EchoDatagramsAsync(lab.Udp(first.SandboxKey, 53), done.Token);
        var client = lab.Udp(lab.Outside);
        await client.ConnectAsync(new IPEndPoint(NetworkLab.HostAddress, 5353), TestContext.Current.CancellationToken);
        Assert.Equal("one", await Talk.AskAsync(client, "one"));
        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => echoing);

        await lab.AttachAsync();
        await lab.DetachAsync(first);
        await Eventually.HoldsAsync(() => !File.Exists(first.SandboxKey), "the first is gone");
        var second = await lab.AttachAsync(new PublishedPort(new(53, "udp"), "", "6353"));
        var third = await lab.AttachAsync(new PublishedPort(new(53, "udp"), "", "5353"));

        Assert.Equal(Address(first), Address(second));
        using var again = new CancellationTokenSource();
        var answering = Talk.EchoDatagramsAsync(lab.Udp(third.SandboxKey, 53), again.Token);
        Assert.Equal("two", await Talk.AskAsync(client, "two"));
        await again.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
    }

    private static IPAddress Address(NetworkStatus status) => IPAddress.Parse(status.Bridge?.Address ?? throw new InvalidOperationException("no endpoint"));
}
