using Boreal.Api.Apps;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Verbs;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

public sealed class UpdateTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public async Task Update_StopFirst_ReplacesOneSlotAfterTheOther()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 3));
        var fewest = 3;
        rig.Node.Before = (_, _) => fewest = Math.Min(fewest, rig.Node.RunningNames.Count);

        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 3, image: "image:2"));

        Assert.Equal(2, fewest);
        Assert.Equal(["app-web-1", "app-web-2", "app-web-3"], rig.Node.RunningNames);
        Assert.All(rig.Node.Containers, container => Assert.Equal("image:2", container.Request.Image));
        Assert.Equal(("completed", 2L), (rig.Inspect("web").Update?.State, rig.Inspect("web").Revision));
    }

    [Fact]
    public async Task Update_StartFirst_NeverHasFewerThanAsked()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.HealthyAtOnce();
        var spec = OrchestratorRig.Spec("web", replicas: 3, hasHealthCheck: true) with { Update = new() { Order = "start-first" } };
        await rig.SettleAsync(spec);
        var fewest = 3;
        var most = 0;
        rig.Node.Before = (_, _) => fewest = Math.Min(fewest, rig.Node.RunningNames.Count);
        rig.Node.Started = container =>
        {
            most = Math.Max(most, rig.Node.RunningNames.Count);
            rig.Node.SetHealth(container.Id, ContainerHealth.Healthy);
        };

        await rig.SettleAsync(spec with { Template = spec.Template with { Image = "image:2" } });

        Assert.Equal((3, 4), (fewest, most));
        Assert.Equal(["app-web-1", "app-web-2", "app-web-3"], rig.Node.Containers.Select(container => container.Name).Order());
    }

    [Fact]
    public async Task Update_StartFirst_WaitsForTheBalancersWordBeforeTheOldOneGoes()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        var spec = OrchestratorRig.Spec("web") with { Update = new() { Order = "start-first" } };
        await rig.SettleAsync(spec);
        var gate = new TaskCompletionSource();
        rig.Balancer.Gate = gate.Task;

        await rig.PutAsync(spec with { Template = spec.Template with { Image = "image:2" } });
        await OrchestratorRig.NowAsync(() => rig.Node.RunningNames.Count == 2, "both run");
        rig.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(2, rig.Node.RunningNames.Count);
        gate.SetResult();
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1"], rig.Node.Containers.Select(container => container.Name));
    }

    [Fact]
    public async Task Update_WithParallelismAndDelay_KeepsThem()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        var spec = OrchestratorRig.Spec("web", replicas: 4) with { Update = new() { Parallelism = 2, Delay = 60 * Second, Monitor = 0 } };
        await rig.SettleAsync(spec);
        var begin = rig.Time.GetUtcNow();

        await rig.PutAsync(spec with { Template = spec.Template with { Image = "image:2" } });
        await OrchestratorRig.NowAsync(() => rig.Node.Containers.Count(container => container.Request.Image == "image:2" && container.Phase is ContainerPhase.Running) == 2, "two are replaced");
        await rig.ConvergedAsync("web");

        Assert.True(rig.Time.GetUtcNow() - begin >= TimeSpan.FromSeconds(60), "the delay was not kept");
    }

    [Fact]
    public async Task Update_ThatFails_PausesAndLeavesTheOthers()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 3));
        rig.Node.Started = container => { if (container.Request.Image == "bad") rig.Node.Exit(container.Id, 1); };

        await rig.PutAsync(OrchestratorRig.Spec("web", replicas: 3, image: "bad"));
        await OrchestratorRig.NowAsync(() => rig.Inspect("web").Update?.State == "paused", "the update is paused");

        Assert.Equal(["app-web-2", "app-web-3"], rig.Node.RunningNames);
        Assert.Contains("slot 1 ended with exit code 1", rig.Inspect("web").Update?.Message);
        Assert.Contains("paused", rig.Verbs.Why("app", "web").Reasons[0]);
    }

    [Fact]
    public async Task Update_OfAnImageThatIsNotHere_KeepsEveryOldTask()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        rig.Node.Before = (verb, _) => { if (verb == "create") throw new Boreal.Orchestrator.Errors.AppException(Boreal.Orchestrator.Errors.AppErrorKind.NotFound, "No such image: gone"); };

        await rig.PutAsync(OrchestratorRig.Spec("web", replicas: 2, image: "gone"));
        await OrchestratorRig.NowAsync(() => rig.Inspect("web").Update?.State == "paused", "the update is paused");
        rig.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(["app-web-1", "app-web-2"], rig.Node.RunningNames);
        Assert.DoesNotContain("stop app-web-1", rig.Node.Calls);
    }

    [Fact]
    public async Task Update_ThatFailsWithRollback_GoesBack()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.HealthyAtOnce();
        var spec = OrchestratorRig.Spec("web", replicas: 3, hasHealthCheck: true) with { Update = new() { FailureAction = "rollback", Order = "start-first", Parallelism = 2 } };
        await rig.SettleAsync(spec);
        rig.Node.Started = container => rig.Node.SetHealth(container.Id, container.Request.Image == "bad" ? ContainerHealth.Unhealthy : ContainerHealth.Healthy);

        await rig.PutAsync(spec with { Template = spec.Template with { Image = "bad" } });
        await rig.UntilAsync(() => rig.Inspect("web") is { Update.State: "rollback_completed", Converged: true }, "it is rolled back");

        Assert.Equal(["app-web-1", "app-web-2", "app-web-3"], rig.Node.RunningNames);
        Assert.All(rig.Node.Containers, container => Assert.Equal("image:1", container.Request.Image));
        Assert.Equal(1, rig.Inspect("web").Revision);
    }

    [Fact]
    public async Task Update_ThatNeverGetsHealthy_MeetsItsDeadline()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.HealthyAtOnce();
        var spec = OrchestratorRig.Spec("web", replicas: 2, hasHealthCheck: true) with { Update = new() { ProgressDeadline = 30 * Second, Order = "start-first" } };
        await rig.SettleAsync(spec);
        rig.Node.Started = _ => { };

        await rig.PutAsync(spec with { Template = spec.Template with { Image = "slow" } });
        await rig.UntilAsync(() => rig.Inspect("web").Update?.State == "paused", "the update is paused");

        Assert.Contains("progress deadline", rig.Inspect("web").Update?.Message);
        await rig.UntilAsync(() => rig.Node.Containers.Count == 2, "the one that hangs is gone");
        Assert.All(rig.Node.Containers, container => Assert.Equal("image:1", container.Request.Image));
    }

    [Fact]
    public async Task Update_ByANewSpecInTheMiddle_GoesToTheNewest()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.HealthyAtOnce();
        var spec = OrchestratorRig.Spec("web", replicas: 3, hasHealthCheck: true);
        await rig.SettleAsync(spec);
        rig.Node.Started = container => { if (container.Request.Image != "slow") rig.Node.SetHealth(container.Id, ContainerHealth.Healthy); };
        await rig.PutAsync(spec with { Template = spec.Template with { Image = "slow" } });
        await OrchestratorRig.NowAsync(() => rig.Node.Containers.Any(container => container.Request.Image == "slow" && container.Phase is ContainerPhase.Running), "the update has begun");

        await rig.SettleAsync(spec with { Template = spec.Template with { Image = "image:3" } });

        Assert.All(rig.Node.Containers, container => Assert.Equal("image:3", container.Request.Image));
        Assert.Equal(3, rig.Node.RunningNames.Count);
    }

    [Fact]
    public async Task RollBack_ByHand_BringsThePreviousRevision()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2, image: "image:2"));

        await rig.Verbs.RollBackAsync("app", "web", new PutOptions(), CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.All(rig.Node.Containers, container => Assert.Equal("image:1", container.Request.Image));
        Assert.Equal([2, 1], rig.Verbs.History("app", "web").Revisions.Select(revision => revision.Revision));
        Assert.True(rig.Verbs.History("app", "web").Revisions[1].IsCurrent);
        Assert.Equal(["Template.Image"], rig.Verbs.History("app", "web").Revisions[0].Changes);
    }

    [Fact]
    public async Task RollBack_WhileItGoesBackByItself_DoesNotGoForth()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await PutOneThatFailsAsync(rig);
        await OrchestratorRig.NowAsync(() => rig.Inspect("web").Update?.State == "rollback_started", "it goes back by itself");

        await rig.Verbs.RollBackAsync("app", "web", new PutOptions(), CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.Equal("rollback_completed", rig.Inspect("web").Update?.State);
        Assert.Equal("image:1", Assert.Single(rig.Node.Containers).Request.Image);
    }

    [Fact]
    public async Task RollBack_OfAVersionThatIsNoMore_IsRefused()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        var seen = await PutOneThatFailsAsync(rig);
        await rig.UntilAsync(() => rig.Inspect("web").Update?.State == "rollback_completed", "it went back by itself");

        var refused = await Assert.ThrowsAsync<AppException>(() => rig.Verbs.RollBackAsync("app", "web", new PutOptions(seen.Version), CancellationToken.None));

        Assert.Equal(AppErrorKind.Conflict, refused.Kind);
        await rig.IdleAsync();
        Assert.Equal("image:1", Assert.Single(rig.Node.Containers).Request.Image);
    }

    [Fact]
    public async Task Restart_ByHand_ReplacesEveryContainer()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        var before = rig.Node.Containers.Select(container => container.Id).ToList();

        await rig.Verbs.RestartAsync("app", "web", CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.Empty(before.Intersect(rig.Node.Containers.Select(container => container.Id)));
        Assert.Equal(["app-web-1", "app-web-2"], rig.Node.RunningNames);
    }

    /// <returns>As it was when the update that fails had just been asked for.</returns>
    private static async Task<ServiceInspect> PutOneThatFailsAsync(OrchestratorRig rig)
    {
        await rig.SettleAsync(OrchestratorRig.Spec("web"));
        rig.Node.Before = (verb, container) =>
        {
            if (verb is "start" && container?.Request.Image == "broken") throw new AppException(AppErrorKind.Invalid, "no such program");
        };
        return await rig.PutAsync(OrchestratorRig.Spec("web", image: "broken") with { Update = new() { FailureAction = "rollback" } });
    }
}
