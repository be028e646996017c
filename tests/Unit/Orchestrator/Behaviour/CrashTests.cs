using Boreal.Api.Containers;
using Boreal.Orchestrator.Nodes;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

public sealed class CrashTests
{
    [Fact]
    public async Task Restart_OfAConvergedOrchestrator_TouchesNothing()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 3));
        var calls = rig.Node.Calls;

        await rig.RestartAsync();
        await rig.ConvergedAsync("web");
        rig.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(calls, rig.Node.Calls);
    }

    [Fact]
    public async Task Death_WhileTheOrchestratorWasGone_IsSeenAtItsStart()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));

        await rig.RestartAsync();
        rig.Node.Exit("app-web-2", 9);
        await rig.RestartAsync();
        await rig.UntilAsync(() => rig.Node.RunningNames.Count == 2, "both run");

        Assert.Equal(2, rig.Node.Containers.Count);
    }

    /// <summary>At every verb of the machine once: done, and then the process dies before it can say so; or dies before it is done.</summary>
    [Theory]
    [InlineData("start-first")]
    [InlineData("stop-first")]
    public async Task Crash_AtAnyVerbOfAnUpdate_ConvergesAllTheSame(string order)
    {
        for (var crashAt = 1; crashAt <= 8; crashAt++)
        {
            await using var rig = await OrchestratorRig.StartAsync();
            var spec = OrchestratorRig.Spec("web", replicas: 2) with { Update = new() { Order = order } };
            await rig.SettleAsync(spec);
            var verbs = 0;
            rig.Node.Before = (_, _) =>
            {
                if (++verbs == crashAt)
                    throw new OperationCanceledException("the process dies here");
            };

            await rig.PutAsync(spec with { Template = spec.Template with { Image = "image:2" } });
            await rig.UntilAsync(() => verbs >= Math.Min(crashAt, 4) || rig.Inspect("web").Converged, "the update is under way");
            rig.Node.Before = (_, _) => { };
            await rig.RestartAsync();
            await rig.ConvergedAsync("web");

            Assert.Equal(["app-web-1", "app-web-2"], rig.Node.RunningNames);
            Assert.Equal(2, rig.Node.Containers.Count);
            Assert.All(rig.Node.Containers, container => Assert.Equal("image:2", container.Request.Image));
        }
    }

    [Fact]
    public async Task Restarts_AtRandomMoments_LoseNoWish()
    {
        var random = new Random(20260102);
        await using var rig = await OrchestratorRig.StartAsync();
        for (var round = 1; round <= 15; round++)
        {
            var replicas = random.Next(0, 5);
            await rig.PutAsync(OrchestratorRig.Spec("web", replicas, $"image:{random.Next(3)}") with { Update = new() { Parallelism = random.Next(0, 3), Order = random.Next(2) == 0 ? "start-first" : "stop-first" } });
            for (var step = random.Next(20); step > 0; step--)
                rig.Time.Advance(TimeSpan.FromMilliseconds(50));
            if (random.Next(3) == 0 && rig.Node.RunningNames is { Count: > 0 } running)
                rig.Node.Exit(running[random.Next(running.Count)], 137);
            await rig.RestartAsync();
        }

        await rig.SettleAsync(OrchestratorRig.Spec("web", 3, "image:last"));

        Assert.Equal(3, rig.Node.RunningNames.Count);
        Assert.All(rig.Node.RunningNames, name => Assert.Matches("^app-web-[1-5]$", name));
        Assert.All(rig.Node.Containers, container => Assert.Equal("image:last", container.Request.Image));
        Assert.Equal(3, rig.Node.Containers.Count);
    }

    [Fact]
    public async Task Put_BesideContainersThatMeanTheSame_AdoptsThem()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        var id = await rig.Node.CreateAsync("app-web-1", Foreign("image:1"), CancellationToken.None);
        await rig.Node.StartAsync(id, CancellationToken.None);

        await rig.SettleAsync(OrchestratorRig.Spec("web", replicas: 2));

        Assert.Equal(["app-web-1", "app-web-2"], rig.Node.RunningNames);
        Assert.Equal(1, rig.Node.Containers.Single(container => container.Id == id).Starts);
        Assert.False(rig.Node.Containers.Single(container => container.Id == id).HasEngineRestart);
    }

    [Fact]
    public async Task Put_BesideContainersThatDiffer_ReplacesThem()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        var id = await rig.Node.CreateAsync("app-web-1", Foreign("other"), CancellationToken.None);
        await rig.Node.StartAsync(id, CancellationToken.None);

        await rig.SettleAsync(OrchestratorRig.Spec("web"));

        Assert.Equal(["app-web-1"], rig.Node.RunningNames);
        Assert.NotEqual(id, rig.Node.Containers.Single().Id);
        Assert.Contains(rig.Verbs.History("app", "web").Decisions, decision => decision.Action == "adopt" && decision.Why.Contains("differs in Image"));
    }

    private static ContainerCreateRequest Foreign(string image) => new()
    {
        Image = image,
        Labels = new Dictionary<string, string>
        {
            ["com.docker.compose.project"] = "app",
            ["com.docker.compose.service"] = "web",
            ["com.docker.compose.container-number"] = "1",
            ["com.docker.compose.oneoff"] = "False",
        },
        HostConfig = new HostConfig { RestartPolicy = new RestartPolicy { Name = "always" } },
    };
}
