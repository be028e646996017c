using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

public sealed class AutoscaleTests
{
    private const string Settings = """
        {"min": 1, "max": 4, "interval": "1s", "warmup": "0s", "metrics": [{"type": "cpu", "target": "50%"}],
         "scale_up": {"policies": [{"replicas": 10, "period": "1s"}]}, "scale_down": {"stabilization": "10s"}}
        """;

    [Fact]
    public async Task Usage_AboveTheTarget_BringsReplicasAndBack()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(Scaling("web"));

        rig.Node.Cpus = 0.9;
        await rig.UntilAsync(() => rig.Node.RunningNames.Count is 4, "four replicas run");
        rig.Node.Cpus = 0.01;
        await rig.UntilAsync(() => rig.Node.RunningNames.Count is 1, "one replica is left");

        var decisions = rig.Verbs.History("app", "web").Decisions;
        Assert.Contains(decisions, decision => decision.Action is "scale" && decision.Why.Contains("by the autoscaler: cpu is 90", StringComparison.Ordinal));
        Assert.Equal(1, rig.Inspect("web").Revision);
    }

    [Fact]
    public async Task Put_OfTheSameSpec_KeepsWhatTheAutoscalerDecided()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(Scaling("web"));
        rig.Node.Cpus = 0.5;
        await rig.Verbs.ScaleAsync("app", "web", 3, CancellationToken.None);

        await rig.SettleAsync(Scaling("web"));

        Assert.Equal(3, rig.Inspect("web").Spec.Replicas);
        Assert.False(rig.Verbs.Autoscale.Show("app", "web").Paused);
    }

    [Fact]
    public async Task Scale_ToWhatTheSettingsForbid_PausesUntilResumed()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(Scaling("web"));

        await rig.Verbs.ScaleAsync("app", "web", 6, CancellationToken.None);
        await rig.ConvergedAsync("web");
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(rig.Verbs.Autoscale.Show("app", "web").Paused);
        Assert.Equal(6, rig.Node.RunningNames.Count);

        await rig.Verbs.Autoscale.ResumeAsync("app", "web", CancellationToken.None);
        await rig.UntilAsync(() => rig.Node.RunningNames.Count <= 4, "the most are four again");
    }

    [Fact]
    public async Task Labels_OfAService_LetItScale()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        var spec = OrchestratorRig.Spec("web") with { Labels = new Dictionary<string, string> { ["autoscale.min"] = "2", ["autoscale.max"] = "3", ["autoscale.cpu"] = "50%" } };
        await rig.PutAsync(spec);

        await rig.UntilAsync(() => rig.Node.RunningNames.Count is 2, "the least are there");
    }

    [Theory]
    [InlineData("""{"max": 3, "metrics": [{"type": "memory", "target": "50%"}, {"type": "cpu", "target": "50%"}]}""", AppErrorKind.Invalid)]
    [InlineData("""{"max": 3, "metrics": [{"type": "response_time", "target": "50ms"}, {"type": "cpu", "target": "50%"}]}""", AppErrorKind.Invalid)]
    [InlineData("""{"max": 3}""", AppErrorKind.Invalid)]
    public async Task Put_OfSettingsThatCannotBe_IsRefused(string settings, AppErrorKind kind)
    {
        await using var rig = await OrchestratorRig.StartAsync();

        var error = await Assert.ThrowsAsync<AppException>(() => rig.PutAsync(Scaling("web", settings)));

        Assert.Equal(kind, error.Kind);
    }

    [Fact]
    public async Task Put_OfAResponseTimeForAnHttpService_IsAccepted()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        var spec = Scaling("web", """{"max": 3, "metrics": [{"type": "response_time", "target": "50ms"}, {"type": "cpu", "target": "50%"}]}""");

        await rig.PutAsync(spec with { Ports = [new ServicePort { Target = 80, Published = "8080", AppProtocol = "http" }] });

        await rig.UntilAsync(() => rig.Node.RunningNames.Count is 1, "it runs");
    }

    private static ServiceSpec Scaling(string name, string settings = Settings) =>
        OrchestratorRig.Spec(name) with { Autoscale = JsonDocument.Parse(settings).RootElement };
}
