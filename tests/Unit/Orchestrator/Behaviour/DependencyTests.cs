using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

public sealed class DependencyTests
{
    [Fact]
    public async Task Start_BeforeTheDependencyIsHealthy_WaitsAndSaysSo()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.PutAsync(OrchestratorRig.Spec("web") with { DependsOn = [new() { Service = "db", Condition = "service_healthy" }] });
        await rig.PutAsync(OrchestratorRig.Spec("db", hasHealthCheck: true));
        await OrchestratorRig.NowAsync(() => rig.Node.RunningNames.SequenceEqual(["app-db-1"]), "db runs");
        await OrchestratorRig.NowAsync(() => rig.Verbs.Why("app", "web").Reasons.Any(reason => reason.Contains("waits for db to be healthy: it is starting")), "web says what it waits for");

        rig.Node.SetHealth("app-db-1", ContainerHealth.Healthy);
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-db-1", "app-web-1"], rig.Node.RunningNames);
    }

    [Fact]
    public async Task Start_AfterItsOwnDeath_WaitsForTheDependencyAgain()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.HealthyAtOnce();
        await rig.SettleAsync(OrchestratorRig.Spec("db", hasHealthCheck: true));
        await rig.SettleAsync(OrchestratorRig.Spec("web") with { DependsOn = [new() { Service = "db", Condition = "service_healthy" }] });
        rig.Node.Started = _ => { };

        rig.Node.Exit("app-db-1", 1);
        rig.Node.Exit("app-web-1", 1);
        await rig.UntilAsync(() => rig.Node.RunningNames.Contains("app-db-1"), "db is back");
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        await OrchestratorRig.NowAsync(() => rig.Inspect("web").Tasks.Any(task => task.Why.Contains("waits for db")), "web waits");
        Assert.DoesNotContain("app-web-1", rig.Node.RunningNames);
        rig.Node.SetHealth("app-db-1", ContainerHealth.Healthy);
        await rig.ConvergedAsync("web");

        Assert.Contains("app-web-1", rig.Node.RunningNames);
    }

    [Fact]
    public async Task Start_AfterACompletedJob_FollowsIt()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.PutAsync(OrchestratorRig.Spec("web") with { DependsOn = [new() { Service = "migrate", Condition = "service_completed_successfully" }] });
        await rig.SettleAsync(OrchestratorRig.Spec("migrate") with { Restart = new() { Condition = "none" } });
        Assert.DoesNotContain("app-web-1", rig.Node.RunningNames);

        rig.Node.Exit("app-migrate-1", 0);
        await rig.ConvergedAsync("web");

        Assert.Contains("app-web-1", rig.Node.RunningNames);
    }

    [Fact]
    public async Task Dependency_ThatIsNotRequired_IsNoObstacle()
    {
        await using var rig = await OrchestratorRig.StartAsync();

        await rig.SettleAsync(OrchestratorRig.Spec("web") with { DependsOn = [new() { Service = "absent", Required = false }] });

        Assert.Equal(["app-web-1"], rig.Node.RunningNames);
    }

    [Fact]
    public async Task Update_OfADependencyWithRestart_ReplacesTheDependant()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("db"));
        await rig.SettleAsync(OrchestratorRig.Spec("web") with { DependsOn = [new() { Service = "db", Restart = true }] });
        await rig.SettleAsync(OrchestratorRig.Spec("calm") with { DependsOn = [new() { Service = "db" }] });
        var calls = rig.Node.Calls.Count;

        await rig.SettleAsync(OrchestratorRig.Spec("db", image: "image:2"));
        await rig.UntilAsync(() => rig.Inspect("web") is { Update.State: "completed", Converged: true }, "web has followed");

        Assert.Contains("stop app-web-1", rig.Node.Calls.Skip(calls));
        Assert.DoesNotContain(rig.Node.Calls.Skip(calls), call => call.Contains("calm"));
    }

    [Fact]
    public async Task Put_OfACircle_IsRefused()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.PutAsync(OrchestratorRig.Spec("a") with { DependsOn = [new() { Service = "b" }] });
        await rig.PutAsync(OrchestratorRig.Spec("b") with { DependsOn = [new() { Service = "c" }] });

        var refused = await Assert.ThrowsAsync<AppException>(() => rig.PutAsync(OrchestratorRig.Spec("c") with { DependsOn = [new() { Service = "a" }] }));

        Assert.Equal("services wait for each other in a circle: a -> b -> c -> a", refused.Message);
    }

    [Fact]
    public async Task Put_OfASpecThatIsWrong_SaysWhereAndWhat()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        (ServiceSpec Spec, string Message)[] cases =
        [
            (OrchestratorRig.Spec("we b"), "the service name 'we b' is not valid"),
            (OrchestratorRig.Spec("web", image: ""), "Template.Image is empty"),
            (OrchestratorRig.Spec("web", replicas: -1), "Replicas is -1"),
            (OrchestratorRig.Spec("web", replicas: 2) with { ContainerName = "one" }, "container name one"),
            (OrchestratorRig.Spec("web") with { Update = new() { Order = "sideways" } }, "Update.Order is 'sideways', allowed are stop-first, start-first"),
            (OrchestratorRig.Spec("web") with { Rollback = new() { FailureAction = "rollback" } }, "Rollback.FailureAction is 'rollback'"),
            (OrchestratorRig.Spec("web") with { Ports = [new() { Target = 80, Published = "http" }] }, "Published is 'http'"),
            (OrchestratorRig.Spec("web") with { DrainTimeout = -5 }, "DrainTimeout is -5"),
        ];

        foreach (var (spec, message) in cases)
        {
            var refused = await Assert.ThrowsAsync<AppException>(() => rig.PutAsync(spec));
            Assert.Equal(AppErrorKind.Invalid, refused.Kind);
            Assert.Contains(message, refused.Message);
        }
    }
}
