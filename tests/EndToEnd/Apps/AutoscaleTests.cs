using System.Globalization;
using System.Text.RegularExpressions;
using Boreal.Tests.EndToEnd.Apps.Load;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps;

/// <summary>A service that scales by itself under a load that rises and falls. The long runs are tests of a model (tests/Unit).</summary>
public sealed partial class AutoscaleTests : IAsyncLifetime
{
    private const string Page = "/burn?million=4";

    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Rush = TimeSpan.FromSeconds(6);

    private readonly WebApp _app = new();

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    [Fact]
    public async Task Cpu_UnderARampUpAndDown_BringsReplicasAndTakesThemBack()
    {
        // One replica's share of a processor is enough for 20 pages a second, and not for 200.
        await _app.WriteAsync("""
            x-drain-timeout: 2s
            deploy: {resources: {limits: {cpus: "0.25"}}}
            x-autoscale:
              min: 1
              max: 6
              interval: 1s
              warmup: 2s
              metrics: [{type: cpu, target: 60%}]
              scale_down: {stabilization: 5s, cooldown: 2s, policies: [{percent: 100, period: 2s}]}
            """);
        await _app.ComposeAsync("up", "--wait");
        await RunAsync(perSecond: 20, async load => await Eventually.HoldsAsync(() => load.Requests.Count > 60, "a calm start"));
        Assert.Equal(1, await ReplicasAsync());

        await RunAsync(perSecond: 200, async load =>
        {
            await Eventually.HoldsAsync(async () => await ReplicasAsync() > 1, "more replicas", TimeSpan.FromSeconds(30));
            TestContext.Current.SendDiagnosticMessage($"more replicas after {load.Now.TotalSeconds:0.0} s");
            await Eventually.HoldsAsync(() => load.Now > Rush && Recent(load) is var recent && recent < Target, "p95 under its target", TimeSpan.FromSeconds(90));
            TestContext.Current.SendDiagnosticMessage($"p95 {Recent(load).TotalMilliseconds:0} ms after {load.Now.TotalSeconds:0.0} s with {await ReplicasAsync()} replicas");
        });
        await RunAsync(perSecond: 20, _ => Eventually.HoldsAsync(async () => await ReplicasAsync() == 1, "one replica again"));

        var history = await _app.Boreal("autoscale", "history", $"{WebApp.Name}/web").OutputAsync();
        TestContext.Current.SendDiagnosticMessage(history);
        var steps = Step().Matches(history).Reverse().Select(step => Math.Sign(Number(step, 2) - Number(step, 1))).Where(sign => sign != 0).ToList();
        Assert.Contains("cpu", history, StringComparison.Ordinal);
        Assert.True(steps.Zip(steps.Skip(1), (one, next) => one != next).Count(isReversal => isReversal) <= 1, history);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static int Number(Match step, int group) => int.Parse(step.Groups[group].Value, CultureInfo.InvariantCulture);

    /// <summary>The 95th percentile of what was answered in the last moments.</summary>
    private static TimeSpan Recent(ConstantLoad load)
    {
        var now = load.Now;
        var times = load.Requests.Where(request => request.Ended > now - Settled).Select(request => request.Ended - request.Began).Order().ToList();
        return times.Count == 0 ? TimeSpan.MaxValue : times[(int)(times.Count * 0.95)];
    }

    private async Task RunAsync(int perSecond, Func<ConstantLoad, Task> until)
    {
        await using var load = new ConstantLoad([new NewConnections("page", _app.Address, Page)], perSecond);
        load.Start();
        await until(load);
        var report = await load.FinishAsync();
        TestContext.Current.SendDiagnosticMessage(report.Figures($"{perSecond} a second"));
        report.AssertNothingFailed();
    }

    private async Task<int> ReplicasAsync() => (await _app.InspectAsync()).GetProperty("Spec").GetProperty("Replicas").GetInt32();

    [GeneratedRegex(@"from (\d+) to (\d+)")]
    private static partial Regex Step();
}
