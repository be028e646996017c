using Boreal.Orchestrator.Scaling;
using static Boreal.Tests.Unit.Orchestrator.Scaling.ScalingCase;

namespace Boreal.Tests.Unit.Orchestrator.Scaling;

public sealed class AutoscalerTests
{
    [Theory]
    [InlineData(3, 0.60, 3)] // at the target
    [InlineData(3, 0.90, 5)] // 3 x 1.5, rounded up
    [InlineData(3, 1.20, 6)]
    [InlineData(4, 0.30, 2)]
    [InlineData(4, 0.05, 1)]
    [InlineData(10, 6.00, 100)] // the most
    public void Cpu_AboveOrBelowItsTarget_AsksInProportion(int replicas, double cpu, int expected) =>
        Assert.Equal(expected, Decide(Plain(Cpu), Replicas(replicas, cpu)));

    [Theory]
    [InlineData(0.65, 4)] // within 10 % above
    [InlineData(0.67, 5)]
    [InlineData(0.55, 4)] // within 10 % below
    [InlineData(0.44, 3)]
    public void Cpu_WithinTheTolerance_IsLeftAlone(double cpu, int expected) =>
        Assert.Equal(expected, Decide(Plain(Cpu) with { Up = new() { Tolerance = 0.1 }, Down = new() { Tolerance = 0.1 } }, Replicas(4, cpu)));

    [Fact]
    public void Cpu_OfYoungReplicas_CountsAsIdleWhenMoreAreAskedFor()
    {
        // Two at 120 %: four. With two young ones beside them, idle, four are enough.
        var sample = new ServiceSample(4, [Replica(1.2), Replica(1.2), Replica(9, age: 5), Replica(null)]);

        Assert.Equal(4, Decide(Plain(Cpu), sample));
    }

    [Fact]
    public void Cpu_OfReplicasNotJudged_CountsAsFullWhenFewerAreAskedFor()
    {
        var sample = new ServiceSample(4, [Replica(0.1), Replica(0.1), Replica(0.1), Replica(0.1, ready: false)]);

        // (0.3 + 1) / 4 = 0.33 of 0.6.
        Assert.Equal(3, Decide(Plain(Cpu), sample));
    }

    [Fact]
    public void Cpu_WhenAssumingTurnsTheDirection_IsLeftAlone() =>
        Assert.Equal(2, Decide(Plain(Cpu), new ServiceSample(2, [Replica(0.5), Replica(null)])));

    [Fact]
    public void Metrics_Several_TheHighestCounts() =>
        Assert.Equal(6, Decide(Plain(Cpu, Memory), Replicas(4, cpu: 0.1, memory: 1.1)));

    [Fact]
    public void Memory_BelowItsTarget_NeitherShrinksNorHoldsTheOthers() =>
        Assert.Equal(1, Decide(Plain(Cpu, Memory), Replicas(4, cpu: 0.1, memory: 0.5)));

    [Fact]
    public void Metric_ThatIsMissing_ForbidsFewerButNotMore()
    {
        var settings = Plain(Cpu, Queue);

        Assert.Equal(4, Decide(settings, Replicas(4, cpu: 0.1)));
        Assert.Equal(8, Decide(settings, Replicas(4, cpu: 1.2)));
    }

    [Fact]
    public void Custom_Value_IsSharedOut() =>
        Assert.Equal(5, Decide(Plain(Queue), Replicas(2) with { Custom = new Dictionary<(string, string), double> { [(Queue.Url, Queue.Name)] = 420 } }));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(500, 7)]
    public void Replicas_OutsideTheLimits_ArePutRightAtOnce(int there, int expected)
    {
        var settings = Plain(Cpu) with { Min = 1, Max = 7, Down = new() { Stabilization = TimeSpan.FromHours(1) } };

        Assert.Equal(expected, Autoscaler.Decide(settings, ScalingState.Begin(there, Start), Replicas(there, 0.6), Start).Replicas);
    }

    [Fact]
    public void Update_UnderWay_ForbidsFewer()
    {
        Assert.Equal(4, Decide(Plain(Cpu), Replicas(4, 0.1) with { Updating = true }));
        Assert.Equal(8, Decide(Plain(Cpu), Replicas(4, 1.2) with { Updating = true }));
    }

    [Fact]
    public void Begin_AfterARestart_HoldsForAWholeWindow()
    {
        var settings = Plain(Cpu) with { Down = new() { Stabilization = TimeSpan.FromSeconds(60) } };
        var state = ScalingState.Begin(4, Start);
        for (var second = 5; second <= 60; second += 5)
        {
            var decision = Autoscaler.Decide(settings, state, Replicas(4, 0.1), Start.AddSeconds(second));
            Assert.Equal(4, decision.Replicas);
            state = decision.State;
        }

        Assert.Equal(1, Autoscaler.Decide(settings, state, Replicas(4, 0.1), Start.AddSeconds(65)).Replicas);
    }

    [Fact]
    public void Clock_SetBack_IsANewBegin()
    {
        var settings = Plain(Cpu) with { Down = new() { Stabilization = TimeSpan.FromSeconds(60) } };
        var state = Autoscaler.Decide(settings, ScalingState.Begin(4, Start), Replicas(4, 0.1), Start).State;

        var decision = Autoscaler.Decide(settings, state, Replicas(4, 0.1), Start.AddHours(-1));

        Assert.Equal(4, decision.Replicas);
        Assert.Equal(1, Autoscaler.Decide(settings, decision.State, Replicas(4, 0.1), Start.AddHours(-1).AddSeconds(61)).Replicas);
    }

    [Fact]
    public void Policies_OfAPeriod_CountFromItsBegin()
    {
        var settings = Plain(Cpu) with { Up = new() { Policies = [new(0, 100, TimeSpan.FromSeconds(15)), new(4, 0, TimeSpan.FromSeconds(15))] } };
        var first = Autoscaler.Decide(settings, new(), Replicas(1, 60), Start);
        var second = Autoscaler.Decide(settings, first.State, Replicas(first.Replicas, 60), Start.AddSeconds(5));
        var third = Autoscaler.Decide(settings, second.State, Replicas(second.Replicas, 60), Start.AddSeconds(20));

        Assert.Equal((5, 5, 10), (first.Replicas, second.Replicas, third.Replicas));
        Assert.Contains(second.Reasons, reason => reason.Code is "Rate");
    }

    [Fact]
    public void Cooldown_AfterAStepDown_DelaysTheNext()
    {
        var settings = Plain(Cpu) with { Down = new() { Policies = [new(1, 0, TimeSpan.FromSeconds(1))], Cooldown = TimeSpan.FromSeconds(60) } };
        var first = Autoscaler.Decide(settings, new(), Replicas(4, 0.1), Start);
        var second = Autoscaler.Decide(settings, first.State, Replicas(3, 0.1), Start.AddSeconds(30));

        Assert.Equal((3, 3), (first.Replicas, second.Replicas));
        Assert.Equal(2, Autoscaler.Decide(settings, second.State, Replicas(3, 0.1), Start.AddSeconds(61)).Replicas);
    }
}
