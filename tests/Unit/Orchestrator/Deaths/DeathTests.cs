using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Deaths;

/// <summary>
/// The process dies at every single write and every single verb of an operation, once before and once after it is done. Another process
/// on the same store and machine comes to the same end.
/// </summary>
public sealed class DeathTests
{
    public static TheoryData<string> Names => [.. DeathScenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Death_AtAnyAct_LeadsToTheSameEnd(string name)
    {
        var scenario = DeathScenarios.All.Single(one => one.Name == name);
        var acts = await RunAsync(scenario, int.MaxValue, isDone: false);

        // How the loops meet differs from run to run, and with it the number of acts.
        var deaths = Enumerable.Range(1, acts + 2).SelectMany(act => ((int Act, bool IsDone)[])[(act, false), (act, true)]);
        await Parallel.ForEachAsync(deaths, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (death, _) => await RunAsync(scenario, death.Act, death.IsDone));

        Assert.True(acts >= 5, $"there were only {acts} acts");
    }

    /// <returns>What the first process did.</returns>
    private static async Task<int> RunAsync(DeathScenario scenario, int act, bool isDone)
    {
        await using var rig = await OrchestratorRig.StartAsync();
        rig.HealthyAtOnce();
        await scenario.Prepare(rig);
        var watch = new DeathWatch(rig, scenario);
        var when = $"death {(isDone ? "after" : "before")} act {act}";
        var before = rig.Life.Acts;

        rig.Life.EndAt(act, isDone);
        var isAsked = await AskAsync(scenario, rig);
        await rig.ReachAsync(() => rig.Life.IsOver || scenario.Then is not null && rig.IsIdle ? "" : watch.Missing(), $"no {when}");
        var acts = rig.Life.Acts - before;
        await rig.RestartAsync();
        if (!isAsked)
            await scenario.Ask(rig);
        if (scenario.Then is { } then)
            await then(rig);

        await rig.ReachAsync(watch.Missing, when);
        var calls = rig.Node.Calls.Count;
        await rig.RestartAsync();
        await watch.RestAsync();
        Assert.Equal("", watch.Missing());
        Assert.Equal(calls, rig.Node.Calls.Count);
        Assert.True(watch.Wrongs.IsEmpty, $"{when}: {string.Join("; ", watch.Wrongs)}");
        return acts;
    }

    private static async Task<bool> AskAsync(DeathScenario scenario, OrchestratorRig rig)
    {
        try
        {
            await scenario.Ask(rig);
            return true;
        }
        catch (OperationCanceledException) when (rig.Life.IsOver)
        {
            return false;
        }
    }
}
