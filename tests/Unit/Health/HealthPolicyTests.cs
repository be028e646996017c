using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Health;

namespace Boreal.Tests.Unit.Health;

public sealed class HealthPolicyTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly HealthSpec Spec = new() { Test = ["CMD", "true"], Retries = 2, StartPeriod = TimeSpan.FromSeconds(60) };

    [Fact]
    public void Apply_FailuresWithinStartPeriod_DoNotCount()
    {
        var status = HealthPolicy.Apply(Spec, HealthStatus.Starting, Probe(1, atSecond: 59), Start);
        Assert.Equal((HealthState.Starting, 0, 1), (status.State, status.FailingStreak, status.Log.Count));
    }

    [Fact]
    public void Apply_FirstSuccess_EndsStartPeriod()
    {
        var healthy = HealthPolicy.Apply(Spec, HealthStatus.Starting, Probe(0, atSecond: 1), Start);
        var failed = HealthPolicy.Apply(Spec, healthy, Probe(1, atSecond: 2), Start);
        Assert.Equal((HealthState.Healthy, 1), (failed.State, failed.FailingStreak));
    }

    [Fact]
    public void Apply_AsManyFailuresAsRetries_IsUnhealthy_AndOneSuccessHealthy()
    {
        var status = HealthStatus.Starting;
        status = HealthPolicy.Apply(Spec, status, Probe(1, atSecond: 61), Start);
        Assert.Equal(HealthState.Starting, status.State);
        status = HealthPolicy.Apply(Spec, status, Probe(-1, atSecond: 62), Start);
        Assert.Equal(HealthState.Unhealthy, status.State);
        status = HealthPolicy.Apply(Spec, status, Probe(0, atSecond: 63), Start);
        Assert.Equal((HealthState.Healthy, 0), (status.State, status.FailingStreak));
    }

    [Fact]
    public void Apply_ManyProbes_KeepsTheLastFive()
    {
        var status = HealthStatus.Starting;
        for (var second = 0; second < 8; second++)
            status = HealthPolicy.Apply(Spec, status, Probe(second, atSecond: 100 + second), Start);
        Assert.Equal([3, 4, 5, 6, 7], status.Log.Select(probe => probe.ExitCode));
    }

    [Theory]
    [InlineData(HealthState.Starting, 10, 5)]
    [InlineData(HealthState.Starting, 61, 30)]
    [InlineData(HealthState.Healthy, 10, 30)]
    public void NextDelay_WithoutIntervals_IsDockersDefault(HealthState state, int sinceStart, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), HealthPolicy.NextDelay(Spec, state, TimeSpan.FromSeconds(sinceStart)));

    [Theory]
    [InlineData(false)]
    [InlineData(false, "NONE")]
    [InlineData(false, "CMD")]
    [InlineData(true, "CMD", "true")]
    public void IsEnabled_ByTest(bool expected, params string[] test) =>
        Assert.Equal(expected, HealthPolicy.IsEnabled(new HealthSpec { Test = test }));

    private static HealthProbe Probe(int exitCode, int atSecond) =>
        new(Start.AddSeconds(atSecond), Start.AddSeconds(atSecond), exitCode, "");
}
