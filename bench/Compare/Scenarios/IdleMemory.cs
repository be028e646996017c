namespace Boreal.Bench.Compare.Scenarios;

internal sealed class IdleMemory : Scenario
{
    public override string Name => "idle";

    public override IReadOnlyList<Row> Rows => [new("daemon(s) idle, RSS", "MB") { AtMost = 45 }];

    public override bool IsLong => true;

    public override Task<IReadOnlyList<double>> MeasureAsync(Engine engine) =>
        Task.FromResult<IReadOnlyList<double>>([engine.DaemonPids.Sum(ProcessTree.ResidentMegabytes)]);
}
