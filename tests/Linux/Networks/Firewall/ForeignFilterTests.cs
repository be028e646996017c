using System.Net;
using Boreal.Engine.Containers.Spec;
using Boreal.Linux.Netlink;
using Boreal.Linux.Nftables;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks.Firewall;

public sealed class ForeignFilterTests
{
    private static readonly string[] Families = ["ip", "ip6"];

    [Fact]
    public async Task Start_WhereForwardDrops_LetsContainersThrough()
    {
        await using var lab = await NetworkLab.StartAsync();
        await lab.Sandboxes.DisposeAsync();
        await AddDockersChainAsync(lab);
        await lab.RestartAsync();

        await AssertReachesOutsideAsync(lab);
        await lab.Sandboxes.DisposeAsync();

        Assert.Empty(Rules(lab));
    }

    [Fact]
    public async Task Forward_ClosedLater_IsNoticed()
    {
        await using var lab = await NetworkLab.StartAsync();

        await AddDockersChainAsync(lab);

        await Eventually.HoldsAsync(() => Rules(lab).Count == 3, "our rules are in the foreign chain");
        await AssertReachesOutsideAsync(lab);
    }

    [Fact]
    public async Task PublishedPort_AskedByAnotherLinkThanTheDefault_IsReached()
    {
        await using var lab = await FirewallLab.StartAsync();
        await lab.RemoveDefaultRoutesAsync();
        foreach (var family in Families) await lab.NftAsync($"add table {family} filter; add chain {family} filter FORWARD {{ type filter hook forward priority 0; policy drop; }}");
        var server = await lab.AddContainerAsync(await lab.AddNetworkAsync());
        lab.Listen(server.Space, 80);
        lab.Listen(lab.Outside, 81);
        lab.Publish(server, "0.0.0.0", 8080, 80);
        lab.Publish(server, "::", 8080, 80);

        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host4, 8080);
        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host6, 8080);
        await FirewallLab.AssertBlockedAsync(server.Space, IPAddress.Parse("10.99.0.2"), 81);
    }

    private static async Task AddDockersChainAsync(NetworkLab lab)
    {
        // As iptables -P FORWARD DROP does.
        var nft = await Command.Of("nsenter", $"--net={lab.Host}", Requirements.Program("nft", "nftables"), "add table ip filter; add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }").RunAsync();
        Assert.Equal(0, nft.ExitCode);
    }

    private static IReadOnlyList<string> Rules(NetworkLab lab)
    {
        using var netfilter = NetworkLab.In(lab.Host, () => NetlinkSocket.Open(NetlinkFamily.Netfilter));
        return [.. NftTables.Rules(netfilter, NftFamily.IPv4, "filter", "FORWARD").Select(rule => rule.Comment ?? "").Where(comment => comment.StartsWith(lab.Options.Table, StringComparison.Ordinal))];
    }

    private static async Task AssertReachesOutsideAsync(NetworkLab lab)
    {
        var status = await lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "8080"));
        lab.ListenTcp(lab.Outside, 81);
        await lab.ConnectAsync(status.SandboxKey, NetworkLab.OutsideAddress, 81);
        lab.ListenTcp(status.SandboxKey, 80);
        await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 8080);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.ConnectAsync(lab.Outside, IPAddress.Parse(status.Bridge?.Address ?? ""), 80, TimeSpan.FromMilliseconds(300)));
        await lab.DetachAsync(status);
    }
}
