using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Verbs;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Deaths;

/// <summary>What people ask of services.</summary>
internal static class DeathScenarios
{
    private const long Second = 1_000_000_000;
    private const string Web1 = "app-web-1 image:1 Running";
    private const string Web2 = "app-web-2 image:1 Running";
    private const string Web3 = "app-web-3 image:1 Running";

    private static readonly string[] UpdatedTwo = ["app-web-1 image:2 Running", "app-web-2 image:2 Running"];

    public static IReadOnlyList<DeathScenario> All { get; } =
    [
        new("put", rig => rig.PutAsync(Web(3) with { PostStart = [new() { Command = ["hello"] }] }), Web1, Web2, Web3) { Most = 3 },
        new("scale up", Scale(3), Web1, Web2, Web3) { Prepare = Settle(Web(1)), Untouched = ["app-web-1"], Most = 3, Least = 1 },
        new("scale up, then down", Scale(3), Web1) { Prepare = Settle(Web(1)), Then = Scale(1), Untouched = ["app-web-1"], Most = 3, Least = 1 },
        new("scale down", Scale(1), Web1) { Prepare = Settle(Web(3)), Untouched = ["app-web-1"], Least = 1 },
        new("update, stop first", Put(Web(2, "image:2")), UpdatedTwo) { Prepare = Settle(Web(2)), Most = 2, Least = 1 },
        new("update, start first", Put(Web(2, "image:2", "start-first")), UpdatedTwo) { Prepare = Settle(Web(2)), Most = 3, Least = 2 },
        new("update, then back", Put(Web(2, "image:2", "start-first")), Web1, Web2) { Prepare = Settle(Web(2)), Then = Put(Web(2, order: "start-first")), Most = 4, Least = 2 },
        new("update that fails", Put(Web(2, "broken", "start-first")), Web1, Web2) { Prepare = SettleBesideBroken, Untouched = ["app-web-1", "app-web-2"], Least = 2 },
        new("restart", rig => rig.Verbs.RestartAsync("app", "web", CancellationToken.None), Web1, Web2) { Prepare = Settle(Web(2)), Most = 2, Least = 1 },
        new("stop", rig => rig.Verbs.StopAsync("app", "web", new(), CancellationToken.None), "app-web-1 image:1 Exited", "app-web-2 image:1 Exited") { Prepare = Settle(Web(2)) },
        new("start", rig => rig.Verbs.StartAsync("app", "web", CancellationToken.None), Web1, Web2) { Prepare = SettleAndStop, Most = 2 },
        new("remove", Remove) { Prepare = Settle(Web(2) with { PreStop = [new() { Command = ["bye"] }] }) },
        new("put, then remove", Put(Web(2))) { Then = Remove },
        new("a process that ends", Exit, Web1, Web2) { Prepare = Settle(Web(2)), Untouched = ["app-web-2"], Most = 2, Least = 1 },
        new("adoption", Put(Web(2) with { Template = Foreign }), Web1, Web2) { Prepare = RunForeign, Untouched = ["app-web-1"], Most = 2, Least = 1 },
        new("an app", PutApp, "app-db-1 image:1 Running", "app-web-1 image:2 Running") { Prepare = SettleApp, Most = 3 },
    ];

    private static ContainerCreateRequest Foreign => new()
    {
        Image = "image:1",
        Labels = new Dictionary<string, string>
        {
            ["com.docker.compose.project"] = "app",
            ["com.docker.compose.service"] = "web",
            ["com.docker.compose.container-number"] = "1",
            ["com.docker.compose.oneoff"] = "False",
        },
    };

    private static ServiceSpec Web(int replicas, string image = "image:1", string order = "stop-first") =>
        OrchestratorRig.Spec("web", replicas, image, hasHealthCheck: true) with
        {
            // However slow the machine: nothing is stopped because it has waited for too long.
            DrainTimeout = 3600 * Second,
            Update = new() { Order = order, Monitor = Second, FailureAction = "rollback" },
            Rollback = new() { Order = order, Monitor = Second },
        };

    private static Func<OrchestratorRig, Task> Put(ServiceSpec spec) => rig => rig.PutAsync(spec);

    private static Func<OrchestratorRig, Task> Settle(ServiceSpec spec) => rig => SettleApp(rig, spec);

    private static Func<OrchestratorRig, Task> Scale(int replicas) => rig => rig.Verbs.ScaleAsync("app", "web", replicas, CancellationToken.None);

    private static Task SettleBesideBroken(OrchestratorRig rig)
    {
        rig.Node.Before = (verb, container) =>
        {
            if (verb is "start" && container?.Request.Image is "broken")
                throw new AppException(AppErrorKind.Invalid, "no such program");
        };
        return SettleApp(rig, Web(2));
    }

    private static async Task SettleAndStop(OrchestratorRig rig)
    {
        await SettleApp(rig, Web(2));
        await rig.Verbs.StopAsync("app", "web", new(), CancellationToken.None);
        await rig.ReachAsync(() => rig.Node.RunningNames.Count == 0 && rig.Inspect("web").Converged ? "" : "it runs", "preparation");
    }

    /// <summary>What is gone already is no error to somebody who asks again.</summary>
    private static async Task Remove(OrchestratorRig rig)
    {
        try
        {
            await rig.Verbs.RemoveAsync("app", new RemoveOptions(), CancellationToken.None);
        }
        catch (AppException exception) when (exception.Kind is AppErrorKind.NotFound)
        {
            Assert.Empty(rig.Verbs.List());
        }
    }

    private static Task Exit(OrchestratorRig rig)
    {
        rig.Node.Exit("app-web-1", 9);
        return Task.CompletedTask;
    }

    private static async Task RunForeign(OrchestratorRig rig)
    {
        var id = await rig.Node.CreateAsync("app-web-1", Foreign, CancellationToken.None);
        await rig.Node.StartAsync(id, CancellationToken.None);
    }

    private static Task SettleApp(OrchestratorRig rig) => SettleApp(rig, OrchestratorRig.Spec("db"), OrchestratorRig.Spec("web"), OrchestratorRig.Spec("old"));

    private static async Task SettleApp(OrchestratorRig rig, params ServiceSpec[] services)
    {
        await rig.Verbs.PutAsync("app", new AppSpec { Services = services }, CancellationToken.None);
        await rig.ReachAsync(() => rig.Verbs.List().All(app => app.Converged) && rig.IsIdle ? "" : "it does not run yet", "preparation");
    }

    /// <summary>One service goes, one stays, one follows another's update.</summary>
    private static Task<AppInspect> PutApp(OrchestratorRig rig) => rig.Verbs.PutAsync("app", new AppSpec
    {
        Services =
        [
            OrchestratorRig.Spec("db") with { ForceUpdate = 1 },
            OrchestratorRig.Spec("web", image: "image:2") with { DependsOn = [new() { Service = "db", Condition = "service_started", Restart = true }] },
        ],
        RemoveOthers = true,
    }, CancellationToken.None);
}
