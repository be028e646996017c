using Boreal.Tests.TestKit;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>A project by each engine's own compose: ours by <c>boreal compose</c>, the others' by the stock plugin.</summary>
internal sealed class AppProject(string directory) : Scenario
{
    private const int Replicas = 10;

    private string ProjectFile => Path.Combine(directory, "apps.yaml");

    public override string Name => "apps";

    public override IReadOnlyList<Row> Rows =>
    [
        new("own compose up, five services", "ms") { AtMostOneIn = 3 },
        new($"own compose scale 1 to {Replicas} and back", "ms") { AtMostOneIn = 3 },
        new("own compose down -v", "ms") { AtMostOneIn = 3 },
    ];

    public override async Task PrepareAsync(Engine engine)
    {
        await File.WriteAllTextAsync(ProjectFile, FiveServices.Project("boreal-bench-apps", "networks: [front, default]", "networks: { front: }"));
        await MeasureAsync(engine);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        var compose = Compose(engine);
        return
        [
            await engine.TimeAsync($"{compose} up -d"),
            await engine.TimeAsync($"{compose} scale worker={Replicas} && {compose} scale worker=1"),
            await engine.TimeAsync($"{compose} down -v"),
        ];
    }

    public override Task CleanAsync(Engine engine) => engine.Docker.Shell($"{Compose(engine)} down -v -t 0").RunAsync();

    private string Compose(Engine engine) =>
        engine.Name == Engine.Ours ? $"{Repository.Binary("boreal")} -H {engine.Docker.Host} compose -f {ProjectFile}" : $"docker compose -f {ProjectFile}";
}
