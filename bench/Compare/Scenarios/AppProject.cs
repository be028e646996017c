using Boreal.Tests.TestKit;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>
/// A project by each engine's own compose: ours by <c>boreal compose</c>, the others' by the stock plugin. Its programs start at once
/// and have no health checks, so what is measured is what is not the apps' own.
/// </summary>
internal sealed class AppProject(string directory) : Scenario
{
    private const int Replicas = 10;

    private const string Project = $$"""
        name: boreal-bench-apps
        x-service: &service
          image: {{Image.Reference}}
          command: sleep 100000
          stop_signal: KILL
        services:
          db:
            <<: *service
            volumes: ["data:/data"]
          cache:
            <<: *service
          worker:
            <<: *service
            depends_on: [db, cache]
          vote:
            <<: *service
            depends_on: [cache]
            networks: [front, default]
          result:
            <<: *service
            depends_on: [db]
            networks: [front, default]
        networks:
          front:
        volumes:
          data:
        """;

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
        await File.WriteAllTextAsync(ProjectFile, Project);
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
