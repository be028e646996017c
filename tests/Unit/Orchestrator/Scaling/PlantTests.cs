using Boreal.Orchestrator.Scaling;
using static Boreal.Tests.Unit.Orchestrator.Scaling.ScalingCase;

namespace Boreal.Tests.Unit.Orchestrator.Scaling;

public sealed class PlantTests
{
    private static readonly AutoscaleSettings Settings = new(1, 8, [Cpu, Latency])
    {
        Interval = TimeSpan.FromSeconds(2),
        Warmup = TimeSpan.FromSeconds(5),
        Down = new() { Tolerance = 0.1, Stabilization = TimeSpan.FromSeconds(30) },
    };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Step_UpAndDown_SettlesWithOneReversal(int seed)
    {
        var plant = new Plant(Settings, seed);
        plant.Run(60, _ => 20);
        plant.Run(180, _ => 200);
        plant.Run(180, _ => 20);

        Assert.All(plant.Replicas[..60], replicas => Assert.Equal(1, replicas));
        Assert.True(plant.Replicas[60..90].Max() > 1, "replicas rise within 30 s");
        Assert.All(plant.ResponseTimes[150..240], seconds => Assert.InRange(seconds, 0, 0.25));
        // 200 / 50 / 0.6 = 6.7, and some for the work that had gathered.
        Assert.InRange(plant.Replicas[239], 6, 8);
        Assert.Equal(1, plant.Replicas[^1]);
        Assert.InRange(plant.Reversals, 1, 2);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ramp_UpAndDown_IsFollowedWithinTheTarget(int seed)
    {
        var plant = new Plant(Settings, seed);
        plant.Run(180, second => 20 + second);
        plant.Run(60, _ => 200);
        plant.Run(180, second => 200 - second);
        plant.Run(60, _ => 20);

        Assert.True(plant.ResponseTimes.Count(seconds => seconds > 0.25) < 10, "the response time is kept while the load rises slowly");
        Assert.Equal(1, plant.Replicas[^1]);
        Assert.InRange(plant.Reversals, 1, 3);
    }

    [Fact]
    public void Spike_OfAFewSeconds_DoesNotFlap()
    {
        var plant = new Plant(Settings);
        plant.Run(60, second => second is >= 30 and < 35 ? 300 : 20);
        plant.Run(120, _ => 20);

        Assert.Equal(1, plant.Replicas[^1]);
        Assert.InRange(plant.Reversals, 0, 1);
    }

    [Fact]
    public void Sine_WithinTheWindow_KeepsTheReplicasOfItsPeaks()
    {
        var plant = new Plant(Settings);
        plant.Run(600, second => 100 + (60 * Math.Sin(second / 20.0 * 2 * Math.PI)));

        // A period of 20 s is shorter than the window of 30 s: up once, then quiet.
        Assert.InRange(plant.Reversals, 0, 1);
        Assert.All(plant.ResponseTimes[120..], seconds => Assert.InRange(seconds, 0, 0.25));
    }

    [Fact]
    public void Database_ThatIsSlow_DoesNotInflateTheService()
    {
        var plant = new Plant(Settings) { DatabaseSeconds = 0.6 };
        plant.Run(240, _ => 20);

        // One step was tried; it did not help, and the others see that there is nothing to do.
        Assert.InRange(plant.Replicas.Max(), 1, 2);
        Assert.Contains("LatencyNotResponsive", plant.Reasons);
    }

    [Fact]
    public void Metrics_Gone_KeepWhatIsThere()
    {
        var plant = new Plant(Settings);
        plant.Run(120, _ => 150);
        var before = plant.Replicas[^1];
        plant.Measured = false;
        plant.Run(120, _ => 20);

        Assert.True(plant.Replicas[^1] >= before, "nothing shrinks blind");
        plant.Measured = true;
        plant.Run(120, _ => 20);
        Assert.Equal(1, plant.Replicas[^1]);
    }
}
