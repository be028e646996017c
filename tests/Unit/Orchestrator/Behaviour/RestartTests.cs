using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

public sealed class RestartTests
{
    [Fact]
    public async Task Exit_OfATask_IsFollowedByAnotherInTheSameContainer()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        var tasks = rig.Inspect("web").Tasks.Count;

        rig.Node.Exit("app-web-1", 137);
        await OrchestratorRig.NowAsync(() => rig.Balancer.Backends("app/web", BackendState.Ready).Count == 1, "the dead one is out of the balancer");
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1", "app-web-2"], rig.Node.RunningNames);
        Assert.Equal(2, rig.Node.Containers.Count);
        Assert.Equal(tasks + 1, rig.Inspect("web").Tasks.Count);
        Assert.Contains(rig.Verbs.Why("app", "web").Decisions, decision => decision.Why.Contains("exit code 137"));
    }

    [Fact]
    public async Task Exit_AgainAndAgain_WaitsLongerEachTime()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.Node.Started = container => rig.Node.Exit(container.Id, 1);
        await rig.PutAsync(OrchestratorRig.Spec("web"));
        var first = rig.Time.GetUtcNow();

        await rig.UntilAsync(() => rig.Node.Containers.Any(container => container.Starts >= 7), "it has been started seven times");

        // 0.1 + 0.2 + 0.4 + 0.8 + 1.6 + 3.2
        Assert.InRange(rig.Time.GetUtcNow() - first, TimeSpan.FromSeconds(6.2), TimeSpan.FromSeconds(10));
        Assert.Contains(rig.Inspect("web").Tasks, task => task.Why.Contains("in a row") || task.Why.Contains("exit code 1"));
    }

    [Fact]
    public async Task Exit_WithConditionNone_StaysAndSaysWhy()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("job") with { Restart = new() { Condition = "none" } });

        rig.Node.Exit("app-job-1", 3);
        await OrchestratorRig.NowAsync(() => rig.Inspect("job").Counts.Failed == 1, "it has failed");

        Assert.True(rig.Inspect("job").Converged);
        Assert.Contains("exit code 3; failed, and its restart condition is none", rig.Verbs.Why("app", "job").Reasons[0]);
    }

    [Fact]
    public async Task Start_WithAPortThatIsTaken_SaysByWhom()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.Node.Holders = new Dictionary<ushort, string> { [8080] = "nginx (process 12)", [8081] = "app-web-1" };
        rig.Node.Before = (verb, _) =>
        {
            if (verb is "start") throw new AppException(AppErrorKind.Internal, "address already in use");
        };

        await rig.PutAsync(OrchestratorRig.Spec("web") with
        {
            Restart = new() { Condition = "none" },
            Ports = [new() { Target = 80, Published = "8080" }, new() { Target = 81, Published = "8081" }, new() { Target = 82, Published = "8082" }],
        });
        await OrchestratorRig.NowAsync(() => rig.Inspect("web").Counts.Failed == 1, "it has failed");

        var why = rig.Verbs.Why("app", "web");
        Assert.EndsWith("1 failed: nothing more is tried", why.Summary, StringComparison.Ordinal);
        Assert.Equal("port 8080/tcp of this machine is taken by nginx (process 12): free it, or publish another", why.Reasons[0]);
        Assert.DoesNotContain(why.Reasons, reason => reason.Contains("8081/tcp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exit_WithZeroOnFailure_IsComplete()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("job") with { Restart = new() { Condition = "on-failure" } });

        rig.Node.Exit("app-job-1", 0);

        await OrchestratorRig.NowAsync(() => rig.Inspect("job") is { Counts.Completed: 1, Converged: true }, "it has completed");
    }

    [Fact]
    public async Task Put_Again_StartsWhatHasCompleted()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("job") with { Restart = new() { Condition = "none" } });
        rig.Node.Exit("app-job-1", 0);
        await OrchestratorRig.NowAsync(() => rig.Inspect("job").Counts.Completed == 1, "it has completed");

        await rig.PutAsync(OrchestratorRig.Spec("job") with { Restart = new() { Condition = "none" } });
        await rig.UntilAsync(() => rig.Inspect("job").Counts.Running == 1, "it runs again");

        Assert.Equal(2, Assert.Single(rig.Node.Containers).Starts);
    }

    [Fact]
    public async Task Exit_BeyondTheAttempts_GivesUp()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.Node.Started = container => rig.Node.Exit(container.Id, 1);

        await rig.PutAsync(OrchestratorRig.Spec("web") with { Restart = new() { MaxAttempts = 3, Delay = 1_000_000_000 } });
        await rig.UntilAsync(() => rig.Inspect("web").Counts.Failed == 1, "it is given up");
        rig.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(4, Assert.Single(rig.Node.Containers).Starts);
        Assert.Contains("started again 3 times", rig.Verbs.Why("app", "web").Reasons[0]);
    }

    [Fact]
    public async Task Unhealthy_Task_IsDrainedStoppedAndStartedAgain()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.HealthyAtOnce();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2, hasHealthCheck: true));

        rig.Node.SetHealth("app-web-2", ContainerHealth.Unhealthy);
        await OrchestratorRig.NowAsync(() => rig.Node.Calls.Contains("stop app-web-2"), "the sick one is stopped");
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1", "app-web-2"], rig.Node.RunningNames);
        Assert.Equal(2, rig.Node.Containers.Single(container => container.Name == "app-web-2").Starts);
    }

    [Fact]
    public async Task Stop_ByHand_HoldsTheSlotUntilSomebodyStartsIt()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web"));

        rig.Node.StopByHand("app-web-1");
        await OrchestratorRig.NowAsync(() => rig.Verbs.Why("app", "web").Reasons.Any(reason => reason.Contains("stopped by hand")), "the slot is held");
        rig.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(rig.Node.RunningNames);
        await rig.Node.StartAsync(rig.Node.Containers[0].Id, CancellationToken.None);
        await rig.UntilAsync(() => rig.Inspect("web") is { Converged: true, Counts.Running: 1 }, "it is a task again");

        Assert.Equal(["app-web-1"], rig.Node.RunningNames);
    }

    [Fact]
    public async Task Remove_ByHandOfARunningContainer_MakesAnother()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web"));
        var before = rig.Node.Containers[0].Id;

        rig.Node.Exit("app-web-1", 137);
        await rig.Node.RemoveAsync(before, false, CancellationToken.None);
        await rig.UntilAsync(() => rig.Node.RunningNames.Count == 1 && rig.Inspect("web").Converged, "another runs");

        Assert.NotEqual(before, rig.Node.Containers.Single().Id);
        Assert.Equal(["app-web-1"], rig.Node.RunningNames);
    }
}
