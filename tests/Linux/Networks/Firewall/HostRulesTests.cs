using System.Net;

namespace Boreal.Tests.Linux.Networks.Firewall;

/// <summary>What docs/guides/firewall.md promises.</summary>
public sealed class HostRulesTests
{
    [Fact]
    public async Task Incoming_RuleOfTheHost_ComesBeforeAPublishedPort()
    {
        await using var lab = await FirewallLab.StartAsync();
        var server = await lab.AddContainerAsync(await lab.AddNetworkAsync());
        lab.Listen(server.Space, 80);
        Publish(lab, server, 8080);
        Publish(lab, server, 8081);

        await lab.NftAsync($"add rule inet {FirewallLab.HostTable} incoming iifname cable tcp dport 8080 drop");

        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host4, 8081);
        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host6, 8081);
        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host4, 8080);
        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host6, 8080);
        await FirewallLab.AssertOpenAsync(lab.Host, IPAddress.Loopback, 8080);
    }

    [Fact]
    public async Task Forward_RuleOfTheHost_ComesBeforeTheContainersWayOut()
    {
        await using var lab = await FirewallLab.StartAsync();
        var client = await lab.AddContainerAsync(await lab.AddNetworkAsync());
        lab.Listen(lab.Outside, 81);
        lab.Listen(lab.Outside, 82);

        await lab.NftAsync($"add rule inet {FirewallLab.HostTable} forward oifname cable tcp dport 81 drop");

        await FirewallLab.AssertOpenAsync(client.Space, IPAddress.Parse("10.99.0.2"), 82);
        await FirewallLab.AssertBlockedAsync(client.Space, IPAddress.Parse("10.99.0.2"), 81);
        await FirewallLab.AssertBlockedAsync(client.Space, IPAddress.Parse("fd99::2"), 81);
    }

    [Fact]
    public async Task OwnTable_OfTheHost_HasTheLastWordWhateverItsPriority()
    {
        await using var lab = await FirewallLab.StartAsync();
        var server = await lab.AddContainerAsync(await lab.AddNetworkAsync());
        lab.Listen(server.Space, 80);
        Publish(lab, server, 8080);
        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host4, 8080);

        await lab.NftAsync("add table inet own; add chain inet own forward { type filter hook forward priority 10; policy drop; }");

        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host4, 8080);
        await lab.NftAsync("add rule inet own forward ct state established,related accept; add rule inet own forward meta l4proto tcp ct original proto-dst 8080 accept");
        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host4, 8080);
    }

    [Fact]
    public async Task Rules_OfTheHost_OutliveOurs()
    {
        await using var lab = await FirewallLab.StartAsync();
        await lab.NftAsync($"add chain inet {FirewallLab.HostTable} forward {{ policy drop; }}; add rule inet {FirewallLab.HostTable} incoming tcp dport 8080 drop");

        lab.Firewall.Renew();
        lab.Firewall.Delete();

        var left = await lab.NftAsync("list ruleset");
        Assert.Contains("tcp dport 8080 drop", left, StringComparison.Ordinal);
        Assert.Contains("policy drop", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ufw_AtWork_DecidesWhoReachesPublishedPorts()
    {
        await using var lab = await FirewallLab.StartAsync();
        // What ufw makes of "deny incoming" and "deny routed".
        foreach (var (family, prefix) in new[] { ("ip", "ufw"), ("ip6", "ufw6") })
            await lab.NftAsync($"add table {family} filter; add chain {family} filter {prefix}-before-forward; add chain {family} filter {prefix}-user-forward; add chain {family} filter FORWARD {{ type filter hook forward priority 0; policy drop; }}; "
                + $"add rule {family} filter {prefix}-before-forward ct state established,related accept; add rule {family} filter FORWARD jump {prefix}-before-forward; add rule {family} filter FORWARD jump {prefix}-user-forward");
        var network = await lab.AddNetworkAsync();
        var (server, friend) = (await lab.AddContainerAsync(network), await lab.AddContainerAsync(network));
        lab.Listen(server.Space, 80);
        lab.Listen(lab.Outside, 81);
        Publish(lab, server, 8080);

        await FirewallLab.AssertOpenAsync(friend.Space, IPAddress.Parse("10.99.0.2"), 81);
        await FirewallLab.AssertOpenAsync(friend.Space, IPAddress.Parse("fd99::2"), 81);
        await FirewallLab.AssertOpenAsync(friend.Space, server.V4, 80);
        await FirewallLab.AssertOpenAsync(friend.Space, FirewallLab.Host4, 8080);
        await FirewallLab.AssertBlockedAsync(lab.Outside, FirewallLab.Host4, 8080);

        // ufw route allow proto tcp to any port 80
        await lab.NftAsync("add rule ip filter ufw-user-forward tcp dport 80 accept; add rule ip6 filter ufw6-user-forward tcp dport 80 accept");
        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host4, 8080);
        await FirewallLab.AssertOpenAsync(lab.Outside, FirewallLab.Host6, 8080);
        // ufw does not open what is not published.
        await FirewallLab.AssertBlockedAsync(lab.Outside, server.V4, 80);
    }

    private static void Publish(FirewallLab lab, LabContainer server, ushort port)
    {
        lab.Publish(server, "0.0.0.0", port, 80);
        lab.Publish(server, "::", port, 80);
    }
}
