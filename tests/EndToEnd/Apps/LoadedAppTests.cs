using Boreal.Tests.EndToEnd.Apps.Load;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps;

/// <summary>A service under constant load while it changes: no request fails but those in flight on what is killed.</summary>
public sealed class LoadedAppTests : IAsyncLifetime
{
    // Kept connections and web sockets end when the server says so, at its stop signal: what is waited for before is what is slow.
    private const string Settings = """
        environment: {VERSION: "%VERSION%", LISTEN_AFTER_MS: "200"}
        x-drain-timeout: 2s
        stop_grace_period: 10s
        deploy:
          replicas: %REPLICAS%
          update_config: {order: %ORDER%, parallelism: 2, monitor: 500ms}
          restart_policy: {condition: any, delay: 100ms}
        """;

    // From when the engine has seen an end until no new connection is led to it, on a machine with much else to do.
    private static readonly TimeSpan Detection = TimeSpan.FromSeconds(1);

    private readonly WebApp _app = new();

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    [Theory]
    [InlineData("start-first")]
    [InlineData("stop-first")]
    public async Task Update_OfFiveReplicas_FailsNoRequest(string order)
    {
        await UpAsync(version: 1, replicas: 5, order);
        await using var load = _app.Load();
        load.Start();

        await UpAsync(version: 2, replicas: 5, order);

        var report = await FinishAsync(load, $"update 5 to 5, {order}");
        report.AssertNothingFailed();
        Assert.Contains(load.Requests, request => request.Answer.EndsWith(" 1", StringComparison.Ordinal));
        Assert.Contains(load.Requests, request => request.Answer.EndsWith(" 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scale_FromOneToFiveToOne_FailsNoRequest()
    {
        await UpAsync(version: 1, replicas: 1);
        await using var load = _app.Load();
        load.Start();

        await _app.ComposeAsync("scale", "web=5");
        await Eventually.HoldsAsync(() => load.Requests.Where(request => request.Answer.Length > 0).DistinctBy(request => request.Answer).Count() == 5, "each of the five answers");
        await _app.ComposeAsync("scale", "web=1");

        var report = await FinishAsync(load, "scale 1 to 5 to 1");
        report.AssertNothingFailed();
        Assert.Equal(5, report.Hosts.Count);
    }

    [Fact]
    public async Task Connections_ToThreeReplicas_GoToEachAlike()
    {
        await UpAsync(version: 1, replicas: 3);
        await using var load = new ConstantLoad([new NewConnections("new connection", _app.Address)], perSecond: 100);
        load.Start();

        await Eventually.HoldsAsync(() => load.Requests.Count >= 300, "300 answers");

        var report = await FinishAsync(load, "300 new connections to 3");
        report.AssertNothingFailed();
        Assert.Equal(3, report.Hosts.Count);
        Assert.All(report.Hosts.Values, count => Assert.InRange((double)count / report.Hosts.Values.Sum(), 0.25, 0.41));
    }

    [Fact]
    public async Task Restart_OfTheService_FailsNoRequest()
    {
        await UpAsync(version: 1, replicas: 3);
        await using var load = _app.Load();
        load.Start();

        await _app.ComposeAsync("restart", "web");

        var report = await FinishAsync(load, "restart of 3");
        report.AssertNothingFailed();
        Assert.Equal(6, report.Hosts.Count);
    }

    [Fact]
    public async Task Kill_OfOneReplica_FailsOnlyWhatWasInFlightOnIt()
    {
        await UpAsync(version: 1, replicas: 5);
        await using var load = _app.Load();
        load.Start();
        await Eventually.HoldsAsync(() => load.Requests.Count > 100, "the load goes on");

        var killed = load.Now;
        await _app.KillAsync((await _app.ContainersAsync())[0]);
        var dead = load.Now;
        await _app.ConvergesAsync(within: TimeSpan.FromSeconds(10));

        var report = await FinishAsync(load, "kill -9 of one of 5");
        Assert.All(report.Failures, failure => Assert.True(failure.Began < dead + Detection && failure.Ended > killed, failure.ToString()));
        Assert.Equal(5, (await _app.ContainersAsync()).Count);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task UpAsync(int version, int replicas, string order = "start-first")
    {
        await _app.WriteAsync(Settings.Replace("%VERSION%", $"{version}", StringComparison.Ordinal).Replace("%REPLICAS%", $"{replicas}", StringComparison.Ordinal)
            .Replace("%ORDER%", order, StringComparison.Ordinal));
        await _app.ComposeAsync("up", "--wait");
    }

    private static async Task<LoadReport> FinishAsync(ConstantLoad load, string title)
    {
        var report = await load.FinishAsync();
        TestContext.Current.SendDiagnosticMessage(report.Figures(title));
        return report;
    }
}
