namespace Boreal.Bench.Compare.Scenarios;

internal sealed class ExecTrue : Scenario
{
    private const string Container = "boreal-bench-exec";

    public override string Name => "exec";

    public override IReadOnlyList<Row> Rows => [new("exec c true", "ms") { AtMostOneIn = 4 }];

    public override async Task PrepareAsync(Engine engine)
    {
        await engine.Docker.RemoveAsync(Container);
        await engine.Docker.OutputAsync("run", "-d", "--name", Container, Image.Reference, "sleep", "100000");
        await MeasureAsync(engine);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine) => [await engine.TimeAsync($"docker exec {Container} true")];

    public override Task CleanAsync(Engine engine) => engine.Docker.RemoveAsync(Container);
}
