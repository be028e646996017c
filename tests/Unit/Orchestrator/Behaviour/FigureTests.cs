using System.Text.Json;
using Boreal.Orchestrator.Services;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

public sealed class FigureTests
{
    [Fact]
    public async Task Tallies_OfAnUpdate_CountItsStatesAndTasks()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));

        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2, image: "image:2"));
        await rig.UntilAsync(() => rig.Inspect("web").Update?.State is "completed", "the update is completed");

        Assert.Equal(2, Count(rig, TallyKind.TaskMade, "update"));
        Assert.Equal(2, Count(rig, TallyKind.TaskEnded, "shutdown"));
        Assert.Equal((1, 1), (Count(rig, TallyKind.Update, "updating"), Count(rig, TallyKind.Update, "completed")));
    }

    [Fact]
    public async Task Tallies_AfterARestartOfTheProcess_BeginAnewAndDoNotCountWhatIsThere()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 3));
        Assert.Equal(3, rig.Verbs.Tallies.Counts.Where(count => count.Kind is TallyKind.TaskMade).Sum(count => count.Count));

        await rig.RestartAsync();
        await rig.ConvergedAsync("web");

        Assert.Empty(rig.Verbs.Tallies.Counts);
    }

    [Fact]
    public async Task Tallies_OfAServiceThatIsGone_AreGone()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web"));

        await rig.Verbs.RemoveAsync("app", "web", new(), CancellationToken.None);
        await rig.UntilAsync(() => rig.Verbs.List().Count is 0, "the app is gone");

        // They go right after it.
        await rig.UntilAsync(() => !rig.Verbs.Tallies.Counts.Any(), "its tallies are gone");
    }

    [Fact]
    public async Task Figures_OfAServiceThatScales_HaveWhatTheAutoscalerSaw()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.Node.Cpus = 0.9;
        await rig.PutAsync(OrchestratorRig.Spec("web") with
        {
            Autoscale = JsonElement.Parse("""{"min": 1, "max": 4, "interval": "1s", "warmup": "0s", "metrics": [{"type": "cpu", "target": "50%"}]}"""),
        });
        await rig.UntilAsync(() => Count(rig, TallyKind.Scaling, "up/Cpu") > 0, "it scales up");

        var figures = Assert.Single(rig.Verbs.Figures());
        Assert.Equal((1, 4), (figures.Settings?.Min, figures.Settings?.Max));
        var reading = Assert.Single(figures.Readings);
        Assert.Equal(0.5, reading.Metric.Target);
        Assert.InRange(reading.Value ?? 0, 0.85, 0.95);
    }

    [Fact]
    public async Task Usage_TellsTasksThatRunAndTheLastDecision()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        await rig.Verbs.ScaleAsync("app", "web", 1, CancellationToken.None);
        await rig.ConvergedAsync("web");

        var usage = Assert.Single(rig.Verbs.Usage("app"));

        Assert.Equal(("web", 1, 1, true), (usage.Name, usage.Counts.Running, usage.Ready, usage.Converged));
        Assert.Equal(1, Assert.Single(usage.Tasks).Slot);
        Assert.NotNull(usage.LastDecision);
    }

    private static long Count(OrchestratorRig rig, TallyKind kind, string label) =>
        rig.Verbs.Tallies.Counts.Where(count => count.Kind == kind && count.Label == label).Sum(count => count.Count);
}
