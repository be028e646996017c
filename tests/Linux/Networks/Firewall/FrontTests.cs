using System.Net;
using Boreal.Engine.Networks.Firewall;
using Boreal.Linux.Nftables;

namespace Boreal.Tests.Linux.Networks.Firewall;

/// <summary>Ports and addresses with several containers behind, as rules.</summary>
public sealed class FrontTests
{
    private const int Groups = 1000;
    private const int Targets = 10;

    [Fact]
    public async Task Set_OneOfAThousandGroups_TouchesNoOther()
    {
        await using var lab = await FirewallLab.StartAsync();
        for (var group = 0; group < Groups; group++) lab.Firewall.Set($"g{group}", [Front(group, Targets)]);
        var before = await lab.HandlesAsync();

        lab.Firewall.Set("g500", [Front(500, Targets - 1)]);

        // Whatever is made anew has another handle: the group's rule and its map, and the lines of the map's targets.
        var changed = Lines(before).Except(Lines(await lab.HandlesAsync())).ToList();
        Assert.InRange(changed.Count, 1, 3 + Targets);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Set_ThereAndBack_LeavesNothing(bool bySource)
    {
        await using var lab = await FirewallLab.StartAsync();
        var before = await lab.NftAsync("list ruleset");
        foreach (var count in (int[])[0, 1, 3, 2, 0, 2, 1])
        {
            Front[] fronts =
            [
                Front(1, count) with { BySource = bySource },
                Front(2, count) with { Address = IPAddress.Loopback, BySource = bySource },
                new Front(NftFamily.IPv4, IPAddress.Parse("10.200.1.9"), 0, 0) { BySource = bySource, Targets = [.. Front(1, count).Targets.Select(target => target with { Port = null })] },
                new Front(NftFamily.IPv6, null, NftElement.Tcp, 80) { BySource = bySource, Targets = [.. Enumerable.Range(2, count).Select(last => new FrontTarget(IPAddress.Parse($"fd20::{last}"), 80))] },
                new Front(NftFamily.IPv6, IPAddress.Parse("fd20::9"), 0, 0) { BySource = bySource, Targets = [.. Enumerable.Range(2, count).Select(last => new FrontTarget(IPAddress.Parse($"fd20::{last}"), null))] },
            ];
            lab.Firewall.Set("web", fronts);
            var changed = await lab.NftAsync("list ruleset");
            lab.Firewall.Renew();
            // As made in steps, so made at once.
            Assert.Equal(Lines(await lab.NftAsync("list ruleset")), Lines(changed));
        }

        lab.Firewall.Set("web", []);

        Assert.Equal(before, await lab.NftAsync("list ruleset"));
    }

    private static Front Front(int group, int targets) => new(NftFamily.IPv4, null, NftElement.Tcp, (ushort)(10_000 + group))
    {
        Targets = [.. Enumerable.Range(2, targets).Select(last => new FrontTarget(IPAddress.Parse($"10.200.1.{last}"), 80))],
    };

    private static IEnumerable<string> Lines(string ruleset) => ruleset.Split('\n').Order(StringComparer.Ordinal);
}
