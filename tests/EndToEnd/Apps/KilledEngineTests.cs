using Boreal.Tests.EndToEnd.Apps.Load;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps;

/// <summary>boreald is killed again and again while a service changes: connections go on, and so does the change.</summary>
public sealed class KilledEngineTests : IAsyncLifetime
{
    private const int Kills = 4;

    private readonly WebApp _app = new();
    private readonly int _seed = Environment.TickCount;

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    [Theory]
    [InlineData("start-first")]
    [InlineData("stop-first")]
    public async Task Update_WithKillsOfTheEngine_FailsNoRequestAndEnds(string order)
    {
        await UpAsync(version: 1, replicas: 4, order);
        await using var load = _app.Load();
        load.Start();

        await WriteAsync(version: 2, replicas: 4, order);
        await WithKillsAsync("up", "--detach");

        Assert.Equal(2, (await _app.InspectAsync()).GetProperty("Revision").GetInt32());
        await AssertAsync(load, $"update of 4, {order}", replicas: 4);
        Assert.EndsWith(" 2", load.Requests.OrderBy(request => request.Began).Last(request => request is { Kind: "new connection", HasFailed: false }).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scale_WithKillsOfTheEngine_FailsNoRequestAndEnds()
    {
        await UpAsync(version: 1, replicas: 1, "start-first");
        await using var load = _app.Load();
        load.Start();

        await WithKillsAsync("scale", "web=5");
        await WithKillsAsync("scale", "web=1");

        await AssertAsync(load, "scale 1 to 5 to 1", replicas: 1);
    }

    [Fact]
    public async Task Restart_WithKillsOfTheEngine_FailsNoRequestAndEnds()
    {
        await UpAsync(version: 1, replicas: 3, "stop-first");
        await using var load = _app.Load();
        load.Start();

        await WithKillsAsync("restart", "web");

        await AssertAsync(load, "restart of 3", replicas: 3);
    }

    [Fact]
    public async Task Apply_KilledAtAnyMoment_LeavesNothingOfItsOwn()
    {
        await UpAsync(version: 1, replicas: 1, "stop-first");
        await _app.ComposeAsync("down", "--volumes");
        var before = await MachineState.CaptureAsync(_app.Daemon.Roots);
        var random = new Random(_seed);
        for (var round = 0; round < Kills * 2; round++)
        {
            await WriteAsync(version: round, replicas: 1 + (round % 3), "stop-first");
            await using var upping = _app.Boreal("compose", "up", "--detach").Start();
            await KillAfterAsync(random.Next(20, 400));
        }
        await _app.ComposeAsync("up", "--wait");
        Assert.Equal(2, (await _app.ContainersAsync()).Count);
        await _app.ComposeAsync("down", "--volumes");

        await MachineState.AssertNothingNewAsync(_app.Daemon.Roots, before);
        Assert.Equal("", await _app.Daemon.Docker.OutputAsync("network", "ls", "-q", "--filter", $"label=com.docker.compose.project={WebApp.Name}"));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>The command is asked for until it is written down; then the engine is killed at random moments until all is done.</summary>
    private async Task WithKillsAsync(params string[] command)
    {
        var random = new Random(_seed);
        var version = await VersionAsync();
        await using (var asking = _app.Boreal(["compose", .. command]).Start())
        {
            await Eventually.HoldsAsync(async () => await VersionAsync() > version, $"{command[0]} is written down");
            for (var kill = 0; kill < Kills; kill++)
                await KillAfterAsync(random.Next(10, 700));
        }
        await _app.ConvergesAsync();
    }

    private async Task<int> VersionAsync() => (await _app.InspectAsync()).GetProperty("Version").GetInt32();

    private async Task KillAfterAsync(int milliseconds)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, TestContext.Current.CancellationToken);
        await _app.Daemon.KillAsync();
        await _app.Daemon.StartAsync();
    }

    private async Task AssertAsync(ConstantLoad load, string title, int replicas)
    {
        var report = await load.FinishAsync();
        TestContext.Current.SendDiagnosticMessage(report.Figures($"{title} with kills of boreald, seed {_seed}"));
        report.AssertNothingFailed();
        Assert.Equal(replicas, (await _app.ContainersAsync()).Count);
    }

    private async Task UpAsync(int version, int replicas, string order)
    {
        await WriteAsync(version, replicas, order);
        await _app.ComposeAsync("up", "--wait");
    }

    private Task WriteAsync(int version, int replicas, string order) => _app.WriteAsync($$"""
        environment: {VERSION: "{{version}}", LISTEN_AFTER_MS: "100"}
        x-drain-timeout: 2s
        deploy:
          replicas: {{replicas}}
          update_config: {order: {{order}}, monitor: 500ms}
          restart_policy: {condition: any, delay: 100ms}
        """);
}
