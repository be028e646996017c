using System.Globalization;
using System.Text.RegularExpressions;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps.Voting;

/// <summary>The voting app scales by itself: by its own settings, which only go back sooner, under its own load generator.</summary>
public sealed partial class VotingScaleTests(VotingApp app) : IClassFixture<VotingApp>, IAsyncDisposable
{
    private const string Quick = """
        services:
          vote:
            x-autoscale:
              min: 1
              max: 6
              interval: 1s
              warmup: 5s
              metrics: [{type: cpu, target: 60%}, {type: response_time, percentile: p95, target: 250ms}]
              scale_down: {stabilization: 5s, cooldown: 2s, policies: [{percent: 100, period: 2s}]}
        """;

    // The processor has nothing to do with what is slow.
    private static readonly string Roomy = Quick.Replace("x-autoscale:", "deploy: {resources: {limits: {cpus: \"1\"}}}\n    x-autoscale:", StringComparison.Ordinal);

    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Vote_UnderARampUpAndDown_FollowsItAndSaysWhy()
    {
        await UpAsync(Quick);
        await using (var calm = await VoteLoad.StartAsync(app, perSecond: 20))
        {
            await Eventually.HoldsAsync(async () => (await calm.LinesAsync()).Count > 0, "a calm start", TimeSpan.FromMinutes(1));
            await calm.FinishAsync();
        }
        Assert.Equal(1, await ReplicasAsync("vote"));

        await using var rush = await VoteLoad.StartAsync(app, perSecond: 200);
        var began = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(async () => await ReplicasAsync("vote") > 1, "more replicas", TimeSpan.FromSeconds(30));
        var more = TimeProvider.System.GetElapsedTime(began);
        await Eventually.HoldsAsync(async () => (await rush.LinesAsync()).Skip(1).Any(line => line.P95 < Target), "p95 under its target", TimeSpan.FromSeconds(90));
        var under = TimeProvider.System.GetElapsedTime(began);
        TestContext.Current.SendDiagnosticMessage($"200 votes a second: more replicas after {more.TotalSeconds:0.0} s, p95 under its target after {under.TotalSeconds:0.0} s");
        await using var after = await VoteLoad.StartAsync(app, perSecond: 20);
        await rush.FinishAsync();
        await Eventually.HoldsAsync(async () => await ReplicasAsync("vote") == 1, "one replica again", TimeSpan.FromMinutes(2));
        await after.FinishAsync();

        var history = await HistoryAsync("vote");
        TestContext.Current.SendDiagnosticMessage(history);
        var steps = Steps(history);
        Assert.All(steps, step => Assert.InRange(step.To, 1, 6));
        var directions = steps.Select(step => Math.Sign(step.To - step.From)).ToList();
        Assert.True(directions.Zip(directions.Skip(1), (one, next) => one != next).Count(isReversal => isReversal) <= 1, history);
        Assert.Matches(@"(cpu|response time p95) is \d+", history);
    }

    [Fact]
    public async Task Database_ThatIsSlow_AddsWorkersAndNoPages()
    {
        await UpAsync(Roomy);
        await using var load = await VoteLoad.StartAsync(app, perSecond: 40);
        await PsqlAsync("--detach", "BEGIN; LOCK TABLE votes; SELECT pg_sleep(600)");

        await Eventually.HoldsAsync(async () => await ReplicasAsync("worker") == 5, "five workers", TimeSpan.FromMinutes(2));
        var lines = (await load.LinesAsync()).Count;
        await Eventually.HoldsAsync(async () => (await load.LinesAsync()).Count > lines + 1, "ten seconds more of it", TimeSpan.FromMinutes(1));

        Assert.DoesNotMatch(Step(), await HistoryAsync("vote"));
        Assert.Equal(1, await ReplicasAsync("vote"));
        await PsqlAsync("--interactive", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)' AND pid <> pg_backend_pid()");
        var votes = await load.FinishAsync();
        await Eventually.HoldsAsync(async () => await app.ScoresAsync() is var (a, b) && a + b == votes, $"all {votes} votes are counted", TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Queue_ThatIsSlow_AddsPagesUntilTheyAreSeenNotToHelp()
    {
        await UpAsync(Roomy);
        await using var load = await VoteLoad.StartAsync(app, perSecond: 40);
        var queue = (await app.ContainersAsync("redis"))[0];
        await app.Daemon.Docker.OutputAsync("exec", "--detach", queue, "sh", "-c", "while redis-cli client pause 900 write; do sleep 1; done");

        await Eventually.HoldsAsync(async () => (await HistoryAsync("vote")).Contains("more replicas did not help", StringComparison.Ordinal), "that it did not help is seen", TimeSpan.FromMinutes(2));
        var lines = (await load.LinesAsync()).Count;
        await Eventually.HoldsAsync(async () => (await load.LinesAsync()).Count > lines + 1, "ten seconds more of it", TimeSpan.FromMinutes(1));

        var history = await HistoryAsync("vote");
        TestContext.Current.SendDiagnosticMessage(history);
        // One step, and by chance a second one.
        Assert.InRange(Steps(history).Max(step => step.To), 2, 4);
        await load.FinishAsync();
    }

    public async ValueTask DisposeAsync() => await app.ComposeAsync("down", "--volumes", "--timeout", "1");

    /// <summary>The oldest first.</summary>
    private static IReadOnlyList<(int From, int To)> Steps(string history) =>
        [.. Step().Matches(history).Reverse().Select(step => (From: Number(step, 1), To: Number(step, 2))).Where(step => step.From != step.To)];

    private static int Number(Match step, int group) => int.Parse(step.Groups[group].Value, CultureInfo.InvariantCulture);

    private async Task UpAsync(string settings)
    {
        app.Override(settings);
        await app.ComposeAsync("up", "-d", "--wait");
    }

    private async Task<int> ReplicasAsync(string service) => (await app.InspectAsync(service)).GetProperty("Spec").GetProperty("Replicas").GetInt32();

    private Task<string> HistoryAsync(string service) => app.Boreal("autoscale", "history", $"{VotingApp.Project}/{service}").OutputAsync();

    private async Task PsqlAsync(string mode, string statement) =>
        await app.Daemon.Docker.OutputAsync("exec", mode, (await app.ContainersAsync("db"))[0], "psql", "--host=/tmp", "--username=postgres", "--dbname=votes", $"--command={statement}");

    [GeneratedRegex(@"from (\d+) to (\d+)")]
    private static partial Regex Step();
}
