using Boreal.Orchestrator.Scaling;
using static Boreal.Tests.Unit.Orchestrator.Scaling.ScalingCase;

namespace Boreal.Tests.Unit.Orchestrator.Scaling;

public sealed class LatencyRuleTests
{
    private static readonly AutoscaleSettings Settings = Plain(Cpu, Latency);

    [Theory]
    [InlineData(0.30, 5)] // 4 x 0.2: one more
    [InlineData(0.375, 6)]
    [InlineData(5.0, 8)] // never more than twice as many
    public void ResponseTime_AboveItsTarget_AsksForAStep(double seconds, int expected) =>
        Assert.Equal(expected, Decide(Settings, Replicas(4, 0.6) with { Traffic = Traffic(seconds) }));

    [Fact]
    public void ResponseTime_BelowItsTarget_LetsTheOthersDecide() =>
        Assert.Equal(1, Decide(Settings, Replicas(4, 0.1) with { Traffic = Traffic(0.05) }));

    [Fact]
    public void ResponseTime_AtItsTarget_ForbidsFewer() =>
        Assert.Equal(4, Decide(Settings, Replicas(4, 0.1) with { Traffic = Traffic(0.25) }));

    [Fact]
    public void Requests_TooFew_SayNothing() =>
        Assert.Equal(1, Decide(Settings, Replicas(4, 0.1) with { Traffic = Traffic(9, answered: 3) }));

    [Fact]
    public void Requests_ThatFail_NeitherAskForMoreNorAllowFewer() =>
        Assert.Equal(4, Decide(Settings, Replicas(4, 0.1) with { Traffic = Traffic(0.01, failed: 300) }));

    [Fact]
    public void Requests_ThatDoNotQueue_AskForNoMore()
    {
        var decision = Autoscaler.Decide(Settings, new(), Replicas(4, 0.6) with { Traffic = Traffic(2, inFlight: 1) }, Start);

        Assert.Equal(4, decision.Replicas);
        Assert.Contains(decision.Reasons, reason => reason.Code is "NotQueueing");
    }

    [Fact]
    public void Step_ThatDoesNotHelp_FreezesGrowthForAWhile()
    {
        var first = Autoscaler.Decide(Settings, new(), Replicas(2, 0.6) with { Traffic = Traffic(1) }, Start);
        var early = Autoscaler.Decide(Settings, first.State, Replicas(4, 0.6) with { Traffic = Traffic(1) }, Start.AddSeconds(5));
        var judged = Autoscaler.Decide(Settings, early.State, Replicas(4, 0.6) with { Traffic = Traffic(1) }, Start.AddSeconds(20));
        var later = Autoscaler.Decide(Settings, judged.State, Replicas(4, 0.6) with { Traffic = Traffic(1) }, Start.AddSeconds(200));
        var thawed = Autoscaler.Decide(Settings, later.State, Replicas(4, 0.6) with { Traffic = Traffic(1) }, Start.AddSeconds(321));

        Assert.Equal([4, 4, 4, 4, 8], [first.Replicas, early.Replicas, judged.Replicas, later.Replicas, thawed.Replicas]);
        Assert.Contains(early.Reasons, reason => reason.Code is "AwaitingEffect");
        Assert.Contains(later.Reasons, reason => reason.Code is "LatencyNotResponsive");
    }

    [Fact]
    public void Step_ThatHelps_MayBeFollowedByAnother()
    {
        var first = Autoscaler.Decide(Settings, new(), Replicas(2, 0.6) with { Traffic = Traffic(1) }, Start);
        var second = Autoscaler.Decide(Settings, first.State, Replicas(4, 0.6) with { Traffic = Traffic(0.5) }, Start.AddSeconds(20));

        Assert.Equal((4, 8), (first.Replicas, second.Replicas));
    }
}
