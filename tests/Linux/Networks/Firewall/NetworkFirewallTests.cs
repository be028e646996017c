using System.Net;
using Boreal.Engine.Networks.Firewall;
using Boreal.Linux.Errors;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks.Firewall;

public sealed class NetworkFirewallTests
{
    [Fact]
    public async Task Networks_WithoutPublishedPorts_AreClosedToEachOtherAndTheOutside()
    {
        await using var lab = await FirewallLab.StartAsync();
        var first = await lab.AddNetworkAsync();
        var second = await lab.AddNetworkAsync();
        var (server, friend, stranger) = (await lab.AddContainerAsync(first), await lab.AddContainerAsync(first), await lab.AddContainerAsync(second));
        lab.Listen(server.Space, 80);
        lab.Listen(lab.Outside, 81);

        foreach (var address in new[] { server.V4, server.V6 })
        {
            await FirewallLab.AssertOpenAsync(friend.Space, address, 80);
            await FirewallLab.AssertOpenAsync(lab.Host, address, 80);
            await FirewallLab.AssertBlockedAsync(stranger.Space, address, 80);
            await FirewallLab.AssertBlockedAsync(lab.Outside, address, 80);
        }

        await FirewallLab.AssertOpenAsync(stranger.Space, IPAddress.Parse("10.99.0.2"), 81);
        await FirewallLab.AssertOpenAsync(stranger.Space, IPAddress.Parse("fd99::2"), 81);
    }

    [Fact]
    public async Task PublishedPort_OfBothFamilies_IsReachedFromEverywhereByTheHostsAddress()
    {
        await using var lab = await FirewallLab.StartAsync();
        var first = await lab.AddNetworkAsync();
        var second = await lab.AddNetworkAsync();
        var (server, friend, stranger) = (await lab.AddContainerAsync(first), await lab.AddContainerAsync(first), await lab.AddContainerAsync(second));
        lab.Listen(server.Space, 80);
        lab.Listen(server.Space, 79);
        var four = lab.Publish(server, "0.0.0.0", 8080, 80);
        var six = lab.Publish(server, "::", 8080, 80);

        foreach (var from in new[] { lab.Host, lab.Outside, friend.Space, stranger.Space, server.Space })
        {
            await FirewallLab.AssertOpenAsync(from, FirewallLab.Host4, 8080);
            await FirewallLab.AssertOpenAsync(from, FirewallLab.Host6, 8080);
        }

        await FirewallLab.AssertOpenAsync(lab.Host, IPAddress.Loopback, 8080);
        // Publishing one port opens neither the container's address nor its other ports.
        await FirewallLab.AssertBlockedAsync(lab.Outside, server.V4, 80);
        await FirewallLab.AssertBlockedAsync(stranger.Space, server.V6, 80);
        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host4, 79);

        lab.Firewall.Remove([four, six]);
        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host4, 8080);
        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host6, 8080);
    }

    [Fact]
    public async Task PublishedPort_OnOneAddress_IsNotOnTheOthers()
    {
        await using var lab = await FirewallLab.StartAsync();
        var server = await lab.AddContainerAsync(await lab.AddNetworkAsync());
        lab.Listen(server.Space, 80);
        lab.Publish(server, "10.99.0.1", 8080, 80);
        lab.Publish(server, "fd99::1", 8080, 80);
        lab.Publish(server, "127.0.0.1", 8081, 80);

        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host4, 8080);
        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host6, 8080);
        await FirewallLab.AssertBlockedAsync(lab.Host, IPAddress.Loopback, 8080);
        await FirewallLab.AssertBlockedAsync(lab.Host, IPAddress.Parse("fd20:1::1"), 8080);
        await FirewallLab.AssertOpenAsync(lab.Host, IPAddress.Loopback, 8081);
        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host4, 8081);
    }

    [Fact]
    public async Task InternalNetwork_InBothFamilies_LetsNothingInOrOut()
    {
        await using var lab = await FirewallLab.StartAsync();
        var closed = await lab.AddNetworkAsync(rules => rules with { Internal = true });
        var (server, friend, stranger) = (await lab.AddContainerAsync(closed), await lab.AddContainerAsync(closed), await lab.AddContainerAsync(await lab.AddNetworkAsync()));
        lab.Listen(server.Space, 80);
        lab.Listen(lab.Outside, 81);
        lab.Publish(server, "0.0.0.0", 8080, 80);

        await FirewallLab.AssertOpenAsync(friend.Space, server.V4, 80);
        await FirewallLab.AssertOpenAsync(friend.Space, server.V6, 80);
        await FirewallLab.AssertBlockedAsync(stranger.Space, server.V4, 80);
        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host4, 8080);
        await FirewallLab.AssertBlockedAsync(friend.Space, IPAddress.Parse("10.99.0.2"), 81);
        await FirewallLab.AssertBlockedAsync(friend.Space, IPAddress.Parse("fd99::2"), 81);
    }

    [Fact]
    public async Task RoutedNetwork_OpensPublishedPortsAtTheContainersAddress()
    {
        await using var lab = await FirewallLab.StartAsync();
        var routed = await lab.AddNetworkAsync(rules => rules with { Mode6 = GatewayMode.Routed });
        var server = await lab.AddContainerAsync(routed);
        lab.Listen(server.Space, 80);
        lab.Listen(server.Space, 79);
        lab.Publish(server, "::", 8080, 80);

        await FirewallLab.AssertOpenAsync(lab.Outside, server.V6, 80);
        await FirewallLab.AssertBlockedAsync(lab.Outside, server.V6, 79);
        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host6, 8080);
        await FirewallLab.AssertBlockedAsync(lab.Outside, server.V4, 80);
    }

    [Fact]
    public async Task Source_OfConnectionsToTheOutside_IsTheHostsOrTheOneAskedFor()
    {
        await using var lab = await FirewallLab.StartAsync();
        var plain = await lab.AddContainerAsync(await lab.AddNetworkAsync());
        var asked = await lab.AddContainerAsync(await lab.AddNetworkAsync(rules => rules with { Source4 = IPAddress.Parse("10.200.2.1") }));
        var open = await lab.AddContainerAsync(await lab.AddNetworkAsync(rules => rules with { Masquerade4 = false, Masquerade6 = false }));
        var listener = lab.Listen(lab.Outside, 81);

        foreach (var (from, to, source) in new[]
        {
            (plain, "10.99.0.2", FirewallLab.Host4), (plain, "fd99::2", FirewallLab.Host6), (asked, "10.99.0.2", IPAddress.Parse("10.200.2.1")), (open, "10.99.0.2", open.V4), (open, "fd99::2", open.V6),
        })
        {
            await FirewallLab.AssertOpenAsync(from.Space, IPAddress.Parse(to), 81);
            using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
            var seen = ((IPEndPoint?)accepted.RemoteEndPoint)?.Address;
            Assert.Equal(source, seen is { IsIPv4MappedToIPv6: true } ? seen.MapToIPv4() : seen);
        }
    }

    [Fact]
    public async Task RemoveNetwork_Always_LeavesNothingOfIt()
    {
        await using var lab = await FirewallLab.StartAsync();
        await lab.AddNetworkAsync();
        var before = await lab.NftAsync("list ruleset");
        var networks = new[]
        {
            await lab.AddNetworkAsync(), await lab.AddNetworkAsync(rules => rules with { Internal = true }), await lab.AddNetworkAsync(rules => rules with { Mode4 = GatewayMode.Routed, Mode6 = GatewayMode.NatUnprotected }),
            await lab.AddNetworkAsync(rules => rules with { Subnet6 = null, Icc = false }),
        };
        Assert.NotEqual(before, await lab.NftAsync("list ruleset"));
        lab.Firewall.AddNetwork(networks[0] with { Internal = true });

        foreach (var network in networks) lab.Firewall.RemoveNetwork(network.Id);
        lab.Firewall.RemoveNetwork(networks[0].Id);

        Assert.Equal(before, await lab.NftAsync("list ruleset"));
        lab.Firewall.Delete();
        Assert.Equal("", await lab.NftAsync("list ruleset"));
    }

    [Fact]
    public async Task Add_OfWhatTheKernelRefuses_HindersNothingElse()
    {
        await using var lab = await FirewallLab.StartAsync();
        var first = await lab.AddNetworkAsync();
        var server = await lab.AddContainerAsync(first);
        lab.Publish(server, "0.0.0.0", 8080, 80);
        var before = await lab.NftAsync("list ruleset");

        Assert.Throws<LinuxException>(() => lab.Firewall.AddNetwork(first with { Id = "overlapping", Bridge = "other" }));
        Assert.Throws<LinuxException>(() => lab.Publish(server, "0.0.0.0", 8080, 81));

        Assert.Equal(before, await lab.NftAsync("list ruleset"));
        lab.Publish(server, "0.0.0.0", 8081, 80);
        lab.Listen(server.Space, 80);
        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host4, 8081);
    }

    [Theory]
    [InlineData("flush ruleset")]
    [InlineData("flush table ip6 lab")]
    [InlineData("delete table ip lab")]
    [InlineData("delete table inet lab-host")]
    public async Task Rules_FlushedByAnother_AreBackWithin2Seconds(string how)
    {
        await using var lab = await FirewallLab.StartAsync();
        var server = await lab.AddContainerAsync(await lab.AddNetworkAsync());
        await lab.AddNetworkAsync();
        lab.Publish(server, "0.0.0.0", 8080, 80);
        lab.Publish(server, "::", 8080, 80);
        var before = await lab.NftAsync("list ruleset");

        await lab.NftAsync(how);

        await Eventually.HoldsAsync(async () => Sorted(await lab.NftAsync("list ruleset")) == Sorted(before), "the rules are back");
        lab.Listen(server.Space, 80);
        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host6, 8080);
    }

    [Theory]
    [InlineData("0.0.0.0", 0)]
    [InlineData("::", 0)]
    [InlineData("::", 1000)]
    [InlineData("10.99.0.1", 0)]
    [InlineData("fd99::1", 1000)]
    public async Task Publish_OfTenThousandPorts_IsOneElementAndLeavesNothing(string address, int shift)
    {
        await using var lab = await FirewallLab.StartAsync();
        var server = await lab.AddContainerAsync(await lab.AddNetworkAsync());
        var host = address.Contains(':', StringComparison.Ordinal) ? FirewallLab.Host6 : FirewallLab.Host4;
        var ports = Ports(server, address, shift);
        var before = await lab.NftAsync("list ruleset");
        lab.Listen(server.Space, 10_000 + shift);
        lab.Listen(server.Space, 19_999 + shift);
        lab.Listen(server.Space, 20_000 + shift);

        lab.Firewall.Add(ports);

        // Neighbours are one element, and what is not the same inside and outside is one for each.
        Assert.Equal(shift == 0 ? 1 : ports.Count, CountOf(server, await lab.NftAsync("list ruleset")) - CountOf(server, before));
        await FirewallLab.AssertOpenAsync(lab.Outside, host, 10_000);
        await FirewallLab.AssertOpenAsync(lab.Host, host, 19_999);
        await FirewallLab.AssertBlockedAsync(lab.Outside, host, 20_000);
        lab.Firewall.Renew();
        await FirewallLab.AssertOpenAsync(lab.Outside, host, 19_999);
        lab.Firewall.Remove(ports);
        await FirewallLab.AssertBlockedAsync(lab.Outside, host, 19_999);
        Assert.Equal(before, await lab.NftAsync("list ruleset"));
    }

    [Fact]
    public async Task PublishedRange_OnLoopback_IsReachedFromTheHostOnly()
    {
        await using var lab = await FirewallLab.StartAsync();
        var server = await lab.AddContainerAsync(await lab.AddNetworkAsync());
        lab.Listen(server.Space, 10_500);
        lab.Firewall.Add(Ports(server, "127.0.0.1", 0));
        NetworkLab.In(lab.Host, () => FirewallLab.Set("ipv4/conf/all/route_localnet"));
        NetworkLab.In(lab.Outside, () => FirewallLab.Set("ipv4/conf/all/route_localnet"));
        await lab.RouteLoopbackToHostAsync();

        await FirewallLab.AssertOpenAsync(lab.Host, IPAddress.Loopback, 10_500);
        await FirewallLab.AssertBlockedAsync(lab.Outside, IPAddress.Parse("127.0.0.1"), 10_500);
    }

    private static List<PortTranslation> Ports(LabContainer server, string address, int shift) =>
        [.. Enumerable.Range(10_000, 10_000).Select(port => new PortTranslation(
            new(new((ushort)(port + shift), "tcp"), address, (ushort)port), address.Contains(':', StringComparison.Ordinal) ? server.V6 : server.V4, server.NetworkId))];

    private static int CountOf(LabContainer server, string ruleset) => ruleset.Split($"{server.V4}").Length + ruleset.Split($"{server.V6}").Length;

    private static string Sorted(string ruleset) => string.Join('\n', ruleset.Split('\n').Order(StringComparer.Ordinal));
}
