namespace Boreal.Bench.Compare.Scenarios;

internal sealed class NetworkVerbs : Scenario
{
    private const string Network = "boreal-bench-network";
    private const string Container = "boreal-bench-connected";

    public override string Name => "network";

    public override IReadOnlyList<Row> Rows =>
    [
        new("network create", "ms") { AtMostOneIn = 3 },
        new("network connect, running container", "ms") { AtMostOneIn = 3 },
        new("network disconnect", "ms"),
        new("network rm", "ms"),
    ];

    public override async Task PrepareAsync(Engine engine)
    {
        await CleanAsync(engine);
        await engine.Docker.OutputAsync("run", "-d", "--name", Container, Image.Reference, "sleep", "100000");
        await MeasureAsync(engine);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine) =>
    [
        await engine.TimeAsync($"docker network create {Network}"),
        await engine.TimeAsync($"docker network connect {Network} {Container}"),
        await engine.TimeAsync($"docker network disconnect {Network} {Container}"),
        await engine.TimeAsync($"docker network rm {Network}"),
    ];

    public override async Task CleanAsync(Engine engine)
    {
        await engine.Docker.RemoveAsync(Container);
        await engine.Docker.RunAsync("network", "rm", "-f", Network);
    }
}
