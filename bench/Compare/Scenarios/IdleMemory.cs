namespace Boreal.Bench.Compare.Scenarios;

/// <summary>What is resident once nobody has asked for anything for a while.</summary>
internal sealed class IdleMemory : Scenario
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(25);

    public override string Name => "idle";

    public override IReadOnlyList<Row> Rows => [new("daemon(s) idle for 25 s, RSS", "MB") { AtMost = 45 }];

    public override bool IsLong => true;

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        await Task.Delay(Idle);
        return [engine.DaemonPids.Sum(ProcessTree.ResidentMegabytes)];
    }
}
