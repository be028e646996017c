using Boreal.Orchestrator.Scaling;
using static Boreal.Tests.Unit.Orchestrator.Scaling.ScalingCase;

namespace Boreal.Tests.Unit.Orchestrator.Scaling;

public sealed class LoadRuleTests
{
    [Fact]
    public void Concurrency_OverTheStableWindow_IsShared() =>
        Assert.Equal(3, Decide(Plain(Concurrency), Replicas(2) with { Traffic = Traffic(0.1, inFlight: 25) }));

    [Fact]
    public void Concurrency_RisingSteeply_IsFollowedAtOnceAndHeld()
    {
        var settings = Plain(Concurrency);
        var state = new ScalingState();
        var replicas = 1;
        var seen = new List<int>();
        for (var second = 0; second < 150; second += 2)
        {
            // A burst of six seconds.
            var load = second is >= 30 and < 36 ? 100 : 8;
            var decision = Autoscaler.Decide(settings, state, Replicas(replicas) with { Traffic = Traffic(0.1, inFlight: load) }, Start.AddSeconds(second));
            (state, replicas) = (decision.State, decision.Replicas);
            seen.Add(replicas);
        }

        Assert.Equal(10, seen.Max());
        // Ten are asked for when the short window is full of the burst, and kept until it was calm for a minute.
        Assert.Equal(10, seen[(36 + 50) / 2]);
        Assert.InRange(seen[^1], 1, 2);
    }
}
