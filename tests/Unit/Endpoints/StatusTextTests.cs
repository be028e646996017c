using Boreal.Daemon.Endpoints.Containers;
using Boreal.Engine.Containers;
using Boreal.Engine.Health;

namespace Boreal.Tests.Unit.Endpoints;

public sealed class StatusTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(0.5, "Less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "About a minute")]
    [InlineData(150, "2 minutes")]
    [InlineData(3600, "About an hour")]
    [InlineData(5400, "2 hours")]
    [InlineData(47 * 3600, "47 hours")]
    [InlineData(49 * 3600, "2 days")]
    [InlineData(14 * 86400, "2 weeks")]
    [InlineData(60 * 86400, "2 months")]
    [InlineData(731 * 86400, "2 years")]
    public void Duration_OfSeconds_IsDockers(double seconds, string expected) =>
        Assert.Equal(expected, StatusText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Describe_OfEveryState_IsDockers()
    {
        var running = new ContainerStatus { State = ContainerState.Running, StartedAt = Now.AddMinutes(-5) };
        Assert.Equal("Created", StatusText.Describe(new ContainerStatus(), Now));
        Assert.Equal("Up 5 minutes", StatusText.Describe(running, Now));
        Assert.Equal("Up 5 minutes (health: starting)", StatusText.Describe(running with { Health = HealthStatus.Starting }, Now));
        Assert.Equal("Up 5 minutes (healthy)", StatusText.Describe(running with { Health = new HealthStatus(HealthState.Healthy, 0, []) }, Now));
        Assert.Equal("Up 5 minutes (Paused)", StatusText.Describe(running with { State = ContainerState.Paused }, Now));
        var ended = running with { State = ContainerState.Exited, ExitCode = 3, FinishedAt = Now.AddSeconds(-3) };
        Assert.Equal("Exited (3) 3 seconds ago", StatusText.Describe(ended, Now));
        Assert.Equal("Restarting (3) 3 seconds ago", StatusText.Describe(ended with { State = ContainerState.Restarting }, Now));
        Assert.Equal("Dead", StatusText.Describe(ended with { State = ContainerState.Dead }, Now));
        Assert.Equal("Removal In Progress", StatusText.Describe(ended with { State = ContainerState.Removing }, Now));
    }
}
