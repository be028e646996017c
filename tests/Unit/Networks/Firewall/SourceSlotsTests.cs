using System.Net;
using Boreal.Engine.Networks.Firewall;

namespace Boreal.Tests.Unit.Networks.Firewall;

public sealed class SourceSlotsTests
{
    private static readonly FrontTarget[] Targets = [.. Enumerable.Range(2, 10).Select(last => new FrontTarget(new IPAddress([10, 0, 0, (byte)last]), 80))];

    [Fact]
    public void Of_TenTargets_GivesEachAboutATenth()
    {
        var counts = SourceSlots.Of(Targets).CountBy(target => target).Select(count => count.Value).ToList();

        Assert.Equal(10, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, SourceSlots.Count / 20, SourceSlots.Count / 6));
    }

    [Fact]
    public void Of_OneTargetLess_MovesOnlyItsSlots()
    {
        var (before, after) = (SourceSlots.Of(Targets), SourceSlots.Of(Targets[1..]));

        Assert.All(before.Zip(after).Where(slot => slot.First != Targets[0]), slot => Assert.Equal(slot.First, slot.Second));
        Assert.DoesNotContain(Targets[0], after);
    }
}
