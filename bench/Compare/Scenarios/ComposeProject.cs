using Boreal.Tests.TestKit.Processes;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>Five services with a network and a volume, brought up and down by the stock compose plugin. Nobody waits for health.</summary>
internal sealed class ComposeProject(string directory) : Scenario
{
    private const int FloorRounds = 5;

    private string ProjectFile => Path.Combine(directory, "compose.yaml");

    public override string Name => "compose";

    public override IReadOnlyList<Row> Rows => [new("compose up, five services", "ms") { AtMostOneIn = 3 }, new("compose down -v", "ms") { AtMostOneIn = 3 }];

    public override async Task PrepareAsync(Engine engine)
    {
        await File.WriteAllTextAsync(ProjectFile, FiveServices.Project("boreal-bench", """ports: ["127.0.0.1::80"]"""));
        await MeasureAsync(engine);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine) =>
    [
        await engine.TimeAsync($"docker compose -f {ProjectFile} up -d"),
        await engine.TimeAsync($"docker compose -f {ProjectFile} down -v"),
    ];

    public override Task CleanAsync(Engine engine) => engine.Docker.RunAsync("compose", "-f", ProjectFile, "down", "-v", "-t", "0");

    /// <summary>The plugin reading the project.</summary>
    public override async Task<double?> FloorAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < FloorRounds; i++)
            times.Add((await Command.Of("docker", "compose", "-f", ProjectFile, "config", "-q").RunAsync()).Duration.TotalMilliseconds);
        return times.Order().ElementAt(times.Count / 2);
    }
}
