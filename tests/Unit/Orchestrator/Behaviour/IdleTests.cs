using System.Diagnostics;
using Boreal.Api.Apps;
using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

[Collection(nameof(IdleCollection))]
public sealed class IdleTests
{
    private const int Services = 500;

    /// <summary>The loops look at everything each 30 s; that may cost 2 % of a core, and takes about a tenth of it.</summary>
    [Fact]
    public async Task Looking_At500ServicesOfTwoTasks_CostsLessThan2PercentOfACore()
    {
        await using var rig = await OrchestratorRig.StartAsync();
        await rig.Verbs.PutAsync("app", new AppSpec { Services = [.. Enumerable.Range(0, Services).Select(number => OrchestratorRig.Spec($"s{number}", replicas: 2))] }, CancellationToken.None);
        await rig.UntilAsync(() => rig.Verbs.List()[0] is { Converged: true, Counts.Running: Services * 2 }, "all run");
        var calls = rig.Node.Calls.Count;
        var revision = (await rig.Store.ListAsync("none", CancellationToken.None)).Revision;

        var before = Process.GetCurrentProcess().TotalProcessorTime;
        const int Looks = 10;
        for (var look = 0; look < Looks; look++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(30));
            await rig.IdleAsync();
        }
        var perLook = (Process.GetCurrentProcess().TotalProcessorTime - before) / Looks;

        Assert.Equal(calls, rig.Node.Calls.Count);
        Assert.Equal(revision, (await rig.Store.ListAsync("none", CancellationToken.None)).Revision);
        Assert.True(perLook < TimeSpan.FromSeconds(30) * 0.02, $"a look takes {perLook.TotalMilliseconds:0} ms of processor time, {perLook / TimeSpan.FromSeconds(30):P2} of a core");
        TestContext.Current.TestOutputHelper?.WriteLine($"{perLook.TotalMilliseconds:0.0} ms of processor time for a look");
    }
}
