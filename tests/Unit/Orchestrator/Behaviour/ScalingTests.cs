using Boreal.Orchestrator.Balancing;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

public sealed class ScalingTests
{
    [Fact]
    public async Task Put_OfANewService_RunsItsReplicas()
    {
        await using var rig = await OrchestratorRig.StartAsync();

        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 3));

        Assert.Equal(["app-web-1", "app-web-2", "app-web-3"], rig.Node.RunningNames);
        Assert.Equal(3, rig.Balancer.Backends("app/web", BackendState.Ready).Count);
        Assert.All(rig.Node.Containers, container => Assert.Equal("app", container.Request.Labels?["com.docker.compose.project"]));
        Assert.Equal(["1", "2", "3"], rig.Node.Containers.Select(container => container.Request.Labels?["com.docker.compose.container-number"]).Order());
    }

    [Fact]
    public async Task Put_OfTheSameSpecAgain_ChangesNothing()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        var calls = rig.Node.Calls;

        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));

        Assert.Equal(calls, rig.Node.Calls);
        Assert.Equal(1, rig.Inspect("web").Revision);
    }

    [Fact]
    public async Task Scale_Up_TakesTheLowestFreeNumbers()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web"));

        await rig.Verbs.ScaleAsync("app", "web", 3, CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1", "app-web-2", "app-web-3"], rig.Node.RunningNames);
        Assert.Equal(1, rig.Inspect("web").Revision);
    }

    [Fact]
    public async Task Scale_Down_TakesTheHighestNumbers()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 3));

        await rig.Verbs.ScaleAsync("app", "web", 1, CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1"], rig.Node.Containers.Select(container => container.Name));
    }

    [Fact]
    public async Task Scale_Down_TakesWhatDoesNotRunFirst()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 3) with { Restart = new() { Condition = "none" } });
        rig.Node.Exit("app-web-1", 1);
        await OrchestratorRig.NowAsync(() => rig.Inspect("web").Counts.Failed == 1, "one has failed");

        await rig.Verbs.ScaleAsync("app", "web", 2, CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-2", "app-web-3"], rig.Node.Containers.Select(container => container.Name).Order());
    }

    [Fact]
    public async Task Scale_ToZeroAndBack_Works()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));

        await rig.Verbs.ScaleAsync("app", "web", 0, CancellationToken.None);
        await rig.ConvergedAsync("web");
        Assert.Empty(rig.Node.Containers);
        await rig.Verbs.ScaleAsync("app", "web", 2, CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1", "app-web-2"], rig.Node.RunningNames);
    }

    [Fact]
    public async Task Scale_To150_IsMoreThanATransactionAndWorks()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 150));
        Assert.Equal(150, rig.Node.RunningNames.Count);

        await rig.Verbs.ScaleAsync("app", "web", 2, CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1", "app-web-2"], rig.Node.RunningNames);
    }

    [Fact]
    public async Task Remove_OfAnApp_LeavesNothing()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        await rig.SettleAsync(OrchestratorRig.Spec("db"));

        await rig.Verbs.RemoveAsync("app", new(), CancellationToken.None);
        await rig.UntilAsync(() => rig.Verbs.List().Count == 0, "the app is gone");

        Assert.Empty(rig.Node.Containers);
        Assert.Empty(rig.Balancer.Applied);
        Assert.Empty((await rig.Store.ListAsync("", CancellationToken.None)).Entries);
    }

    [Fact]
    public async Task Stop_AndStart_KeepTheContainers()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));
        var ids = rig.Node.Containers.Select(container => container.Id).Order().ToList();

        await rig.Verbs.StopAsync("app", "web", new(), CancellationToken.None);
        await rig.ConvergedAsync("web");
        Assert.Empty(rig.Node.RunningNames);
        await rig.Verbs.StartAsync("app", "web", CancellationToken.None);
        await rig.ConvergedAsync("web");

        Assert.Equal(["app-web-1", "app-web-2"], rig.Node.RunningNames);
        Assert.Equal(ids, rig.Node.Containers.Select(container => container.Id).Order());
    }
}
