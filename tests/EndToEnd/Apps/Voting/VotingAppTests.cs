using System.Globalization;
using System.Text.RegularExpressions;
using Boreal.Tests.EndToEnd.Apps.Load;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps.Voting;

/// <summary>The voting app as people use it: real HTTP, Redis and PostgreSQL.</summary>
public sealed partial class VotingAppTests(VotingApp app) : IClassFixture<VotingApp>, IAsyncDisposable
{
    // Enough of a processor for each page that the load is not what is measured.
    private const string Plain = """
        services:
          vote: {deploy: {resources: {limits: {cpus: "1"}}}, x-autoscale: !reset null, x-drain-timeout: 5s}
          worker: {x-autoscale: !reset null}
        """;

    // What a worker counts in some six seconds.
    private const int Seeds = 300;

    // Less than a client waits before it asks anew for a connection that nobody answered.
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Up_FromEmpty_CountsVotesFasterWithMoreWorkersAndDownLeavesNothing(bool isStock)
    {
        Func<string[], Task<string>> compose = isStock ? app.StockComposeAsync : app.ComposeAsync;
        app.Override(Plain);
        var before = await MachineState.CaptureAsync(app.Daemon.Roots);

        await compose(["up", "-d", "--wait"]);

        Assert.Equal((5, 2, 1), ((await app.ContainersAsync()).Count, (await app.LabelledAsync("network")).Count, (await app.LabelledAsync("volume")).Count));
        var started = await StartsAsync();
        Assert.All(["worker", "result"], service => Assert.True(started[service] > started["db"], service));
        Assert.All(["worker", "vote"], service => Assert.True(started[service] > started["redis"], service));
        await compose(["up", "-d", "--wait"]);
        Assert.Equal(started, await StartsAsync());
        await app.VoteAsync("a", "somebody");
        await app.ScoresBecomeAsync(1, 0);
        await app.VoteAsync("b", "somebody");
        await app.ScoresBecomeAsync(0, 1);
        var alone = await CountAsync(compose, before: 0);
        await compose(["up", "-d", "--wait", "--scale", "worker=5"]);
        // The first ones a worker counts take a processor rather than time.
        await CountAsync(compose, before: Seeds);
        var together = await CountAsync(compose, before: 2 * Seeds);
        TestContext.Current.SendDiagnosticMessage($"{Seeds} votes: by one worker {alone.TotalSeconds:0.0} s, by five {together.TotalSeconds:0.0} s");
        // The result page looks once a second, and a worker takes ten votes at once.
        Assert.True(together < (alone / 4) + TimeSpan.FromSeconds(2), $"one worker {alone}, five {together}");

        await compose(["down", "--volumes"]);

        Assert.Equal((0, 0, 0), ((await app.ContainersAsync()).Count, (await app.LabelledAsync("network")).Count, (await app.LabelledAsync("volume")).Count));
        await MachineState.AssertNothingNewAsync(app.Daemon.Roots, before);
    }

    [Fact]
    public async Task Vote_WhileItChanges_FailsNoRequest()
    {
        app.Override(Plain);
        await app.ComposeAsync("up", "-d", "--wait");
        await app.ComposeAsync("scale", "vote=3");
        await app.RunsAsync("vote", 3);
        var hosts = await HostsAsync(pages: 300, together: 2);
        TestContext.Current.SendDiagnosticMessage($"pages by each of three: {string.Join(", ", hosts.Values)}");
        Assert.Equal(3, hosts.Count);
        Assert.All(hosts.Values, count => Assert.InRange(count / 300.0, 0.22, 0.38));

        await using var load = new ConstantLoad([new NewConnections("page", app.VoteAddress)], perSecond: 50);
        load.Start();
        await app.ComposeAsync("scale", "vote=1");
        await app.ComposeAsync("scale", "vote=4");
        await app.ComposeAsync("restart", "vote");
        app.Override(Plain.Replace("vote: {", "vote: {environment: {OPTION_A: Lions}, ", StringComparison.Ordinal));
        await app.ComposeAsync("up", "-d", "--wait");
        var report = await load.FinishAsync();

        TestContext.Current.SendDiagnosticMessage(report.Figures("vote: scale 3 to 1 to 4, restart, update"));
        report.AssertNothingFailed();
        Assert.True(report.LongestGap < LongestGap, $"{report.LongestGap}");
        Assert.Contains("Lions", await app.Http.GetStringAsync(app.Vote, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfEachService_IsRepaired()
    {
        app.Override(Plain);
        await app.ComposeAsync("up", "-d", "--wait", "--scale", "vote=3");
        await using var load = new ConstantLoad([new NewConnections("page", app.VoteAddress)], perSecond: 50);
        load.Start();
        await Eventually.HoldsAsync(() => load.Requests.Count > 50, "the load goes on");
        var killed = load.Now;
        await app.KillAsync("vote");
        var dead = load.Now + TimeSpan.FromSeconds(1);
        await app.RunsAsync("vote", 3);
        var report = await load.FinishAsync();
        TestContext.Current.SendDiagnosticMessage(report.Figures("vote: kill -9 of one of three"));
        Assert.All(report.Failures, failure => Assert.True(failure.Began < dead && failure.Ended > killed, failure.ToString()));

        await app.VoteAsync("a");
        await app.ScoresBecomeAsync(1, 0);
        await app.KillAsync("worker");
        await app.VoteAsync("a");
        await app.ScoresBecomeAsync(2, 0);
        await app.KillAsync("db");
        await app.VoteAsync("b");
        await app.ScoresBecomeAsync(2, 1);
        await app.KillAsync("redis");
        await Eventually.HoldsAsync(async () => await TryVoteAsync("b"), "votes are taken again");
        await app.ScoresBecomeAsync(2, 2);
    }

    public async ValueTask DisposeAsync() => await app.ComposeAsync("down", "--volumes", "--timeout", "1");

    private async Task<bool> TryVoteAsync(string choice)
    {
        try
        {
            await app.VoteAsync(choice);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Who answers pages, each asked for by a connection of its own, and how many.</summary>
    private async Task<IReadOnlyDictionary<string, int>> HostsAsync(int pages, int together)
    {
        using var connections = new NewConnections("page", app.VoteAddress);
        var answers = await Task.WhenAll(Enumerable.Range(0, together).Select(async _ =>
        {
            var hosts = new List<string>();
            while (hosts.Count < pages / together)
                hosts.Add(AnsweredBy().Match(await connections.AskAsync(TestContext.Current.CancellationToken)).Groups[1].Value);
            return hosts;
        }));
        return answers.SelectMany(hosts => hosts).CountBy(host => host).ToDictionary();
    }

    /// <summary>How long the workers take to count the seed, which waits for them. There is one vote for b already.</summary>
    private async Task<TimeSpan> CountAsync(Func<string[], Task<string>> compose, int before)
    {
        await compose(["pause", "worker"]);
        await compose(["run", "--rm", "-T", "-e", $"VOTES={Seeds}", "seed"]);
        await compose(["unpause", "worker"]);
        var began = TimeProvider.System.GetTimestamp();
        var all = before + Seeds;
        await app.ScoresBecomeAsync(all * 2 / 3, (all / 3) + 1);
        return TimeProvider.System.GetElapsedTime(began);
    }

    private async Task<IReadOnlyDictionary<string, DateTimeOffset>> StartsAsync()
    {
        var starts = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var container in await app.ContainersAsync())
        {
            var text = await app.Daemon.Docker.InspectAsync(container, "{{index .Config.Labels \"com.docker.compose.service\"}} {{.State.StartedAt}}");
            starts[text.Split(' ')[0]] = DateTimeOffset.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture);
        }
        return starts;
    }

    [GeneratedRegex(@"Answered by (\w+)")]
    private static partial Regex AnsweredBy();
}
