using Boreal.Api.Apps;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

public sealed class DrainTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public async Task ScaleDown_BeforeTheBalancersWord_StopsNothing()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        var gate = new TaskCompletionSource();
        rig.Balancer.Gate = gate.Task;

        await rig.Verbs.ScaleAsync("app", "web", 1, CancellationToken.None);
        await OrchestratorRig.NowAsync(() => rig.Inspect("web").Tasks.Any(task => task.Why.StartsWith("drains")), "it drains");
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, rig.Node.RunningNames.Count);
        gate.SetResult();
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1"], rig.Node.RunningNames);
    }

    [Fact]
    public async Task ScaleDown_WithWorkInFlight_WaitsForItsEnd()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        var busy = rig.Node.Containers.Single(container => container.Name == "app-web-2").Id;
        rig.Balancer.InFlight[busy] = 3;

        await rig.Verbs.ScaleAsync("app", "web", 1, CancellationToken.None);
        await OrchestratorRig.NowAsync(() => rig.Balancer.Backends("app/web", BackendState.Draining).Contains(busy), "it is told to drain");
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, rig.Node.RunningNames.Count);
        rig.Balancer.InFlight[busy] = 0;
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1"], rig.Node.RunningNames);
    }

    [Fact]
    public async Task ScaleDown_WithWorkThatDoesNotEnd_TakesTheDrainTimeout()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2) with { DrainTimeout = 20 * Second });
        rig.Balancer.InFlight[rig.Node.Containers.Single(container => container.Name == "app-web-2").Id] = 1;
        var begin = rig.Time.GetUtcNow();

        await rig.Verbs.ScaleAsync("app", "web", 1, CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.True(rig.Time.GetUtcNow() - begin >= TimeSpan.FromSeconds(20), "it did not wait");
    }

    [Fact]
    public async Task Update_OntoAPortInUse_TakesNoDrainTimeoutToGoBack()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web"));
        rig.Balancer.TakenPort = 8080;
        rig.Node.Before = (verb, container) =>
        {
            if (verb is "start" && container?.Request.Image == "image:2") throw new AppException(AppErrorKind.Conflict, "port 8080 is in use");
        };

        await rig.PutAsync(WithPort("stop-first"));
        await OrchestratorRig.NowAsync(() => rig.Inspect("web").Update?.State == "rollback_started", "it goes back");
        await rig.ConvergedAsync("web");

        Assert.Equal("image:1", Assert.Single(rig.Node.Containers).Request.Image);
        Assert.Equal(["app-web-1"], rig.Node.RunningNames);
    }

    [Fact]
    public async Task Update_StartFirstOntoAPortInUse_KeepsWhatServes()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web"));
        var before = Assert.Single(rig.Node.Containers).Id;
        rig.Balancer.TakenPort = 8080;

        await rig.PutAsync(WithPort("start-first"));
        await OrchestratorRig.NowAsync(() => rig.Balancer.Backends("app/web", BackendState.Ready).Count == 2, "the new one works");
        await rig.IdleAsync();

        Assert.Contains(rig.Node.Containers, container => container.Id == before && container.Phase is ContainerPhase.Running);
        rig.Balancer.TakenPort = 0;
        await rig.ConvergedAsync("web");
        Assert.Equal("image:2", Assert.Single(rig.Node.Containers).Request.Image);
    }

    [Fact]
    public async Task ScaleDown_RunsTheHooksAfterTheDrainAndBeforeTheStop()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2) with { PreStop = [new() { Command = ["bye"] }], PostStart = [new() { Command = ["hello"] }] });

        await rig.Verbs.ScaleAsync("app", "web", 1, CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.Equal(
            ["create app-web-2", "start app-web-2", "exec app-web-2 hello", "exec app-web-2 bye", "stop app-web-2", "remove app-web-2"],
            rig.Node.Calls.Where(call => call.Contains("app-web-2")));
    }

    [Fact]
    public async Task PostStart_ThatFails_FailsTheTask()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.Node.Hook = (_, _) => new(7, "first\nno such table\n");

        await rig.PutAsync(OrchestratorRig.Spec("web") with { PostStart = [new() { Command = ["migrate"] }], Restart = new() { Condition = "none" } });
        await rig.UntilAsync(() => rig.Inspect("web").Counts.Failed == 1, "it has failed");

        Assert.Empty(rig.Node.RunningNames);
        Assert.Contains("'migrate' ended with exit code 7: no such table", rig.Inspect("web").Tasks[0].Why);
    }

    private static ServiceSpec WithPort(string order) => OrchestratorRig.Spec("web", image: "image:2") with
    {
        Ports = [new() { Published = "8080", Target = 80 }],
        Update = new() { FailureAction = "rollback", Order = order },
    };
}
