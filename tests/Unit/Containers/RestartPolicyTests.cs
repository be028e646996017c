using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;

namespace Boreal.Tests.Unit.Containers;

public sealed class RestartPolicyTests
{
    [Theory]
    [InlineData("no", 0, 1, 0, false, false)]
    [InlineData("always", 0, 0, 9, false, true)]
    [InlineData("always", 0, 0, 0, true, false)]
    [InlineData("unless-stopped", 0, 1, 0, false, true)]
    [InlineData("unless-stopped", 0, 1, 0, true, false)]
    [InlineData("on-failure", 0, 0, 0, false, false)]
    [InlineData("on-failure", 0, 1, 100, false, true)]
    [InlineData("on-failure", 2, 1, 1, false, true)]
    [InlineData("on-failure", 2, 1, 2, false, false)]
    public void Applies_ByPolicyAndExit_IsDockers(string policy, int most, int exitCode, int restarts, bool stopped, bool expected) =>
        Assert.Equal(expected, RestartPolicy.Applies(new RestartSpec(policy, most), exitCode, restarts, stopped));

    [Theory]
    [InlineData("always", true, true)]
    [InlineData("unless-stopped", true, false)]
    [InlineData("unless-stopped", false, true)]
    public void AppliesAtBoot_AfterManualStop_OnlyAlwaysComesBack(string policy, bool stopped, bool expected)
    {
        var status = new ContainerStatus { State = ContainerState.Exited, StartedAt = DateTimeOffset.UnixEpoch, ManuallyStopped = stopped };
        Assert.Equal(expected, RestartPolicy.AppliesAtBoot(new RestartSpec(policy, 0), status));
    }

    [Fact]
    public void AppliesAtBoot_NeverStarted_IsFalse() =>
        Assert.False(RestartPolicy.AppliesAtBoot(new RestartSpec("always", 0), new ContainerStatus()));

    [Fact]
    public void NextDelay_OfShortRuns_DoublesUpToAMinute()
    {
        var delay = TimeSpan.Zero;
        var delays = new List<double>();
        for (var run = 0; run < 12; run++)
        {
            delay = RestartPolicy.NextDelay(delay, TimeSpan.FromSeconds(1));
            delays.Add(delay.TotalSeconds);
        }

        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 60, 60], delays);
    }

    [Fact]
    public void NextDelay_AfterALongRun_StartsOver() =>
        Assert.Equal(RestartPolicy.FirstDelay, RestartPolicy.NextDelay(TimeSpan.FromSeconds(50), RestartPolicy.LongRun));
}
