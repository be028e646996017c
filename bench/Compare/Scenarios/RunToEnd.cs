using Boreal.Tests.TestKit.Processes;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>The time from typing a command to its prompt coming back.</summary>
internal sealed class RunToEnd(string name, string network, double atMostOneIn) : Scenario
{
    private const int FloorRounds = 10;

    public override string Name => name;

    public override IReadOnlyList<Row> Rows => [new($"run --rm busybox true, {network}", "ms") { AtMostOneIn = atMostOneIn }];

    public override async Task PrepareAsync(Engine engine) => await MeasureAsync(engine);

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine) =>
        [await engine.TimeAsync($"docker run --rm --network {network} {Image.Reference} true")];

    /// <summary>The client alone.</summary>
    public override async Task<double?> FloorAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < FloorRounds; i++) times.Add((await Command.Of("docker", "--version").RunAsync()).Duration.TotalMilliseconds);
        return times.Order().ElementAt(times.Count / 2);
    }
}
