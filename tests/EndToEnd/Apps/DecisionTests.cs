using System.Net;
using System.Net.Sockets;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps;

/// <summary>What boreald decides by itself about services, and how it explains that.</summary>
public sealed class DecisionTests : IAsyncLifetime
{
    private const string Checks = """
        healthcheck: {test: [CMD, /web-server, health], interval: 300ms, retries: 2, start_period: 5s, start_interval: 100ms}
        x-drain-timeout: 1s
        """;

    private readonly WebApp _app = new();

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    [Fact]
    public async Task Update_ThatIsUnhealthy_GoesBackAndFailsNoRequest()
    {
        await UpAsync("""{VERSION: "1"}""");
        await using var load = _app.Load();
        load.Start();

        await WriteAsync("""{VERSION: "2", FAIL_HEALTH: "1"}""", checks: Checks.Replace("5s", "0s", StringComparison.Ordinal));
        var outcome = await _app.Boreal("compose", "up", "--wait").RunAsync();

        var report = await load.FinishAsync();
        report.AssertNothingFailed();
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("service web runs as before, its update failed: update failed: slot 1 is unhealthy", outcome.Stderr, StringComparison.Ordinal);
        Assert.All(load.Requests.Where(request => request.Answer.Length > 0), request => Assert.Contains(" 1", request.Answer, StringComparison.Ordinal));
        var why = await _app.WhyAsync();
        Assert.Contains("2 of 2 running at revision 1: as asked", why, StringComparison.Ordinal);
        Assert.Contains("to revision 1: update failed: slot 1 is unhealthy: HTTP/1.1 503 Unwell", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_ThatDoesNotRunInTime_IsPausedAndLeavesTheOldTasks()
    {
        await UpAsync("""{VERSION: "1"}""");

        await WriteAsync("""{VERSION: "2", LISTEN_AFTER_MS: "60000"}""", update: "x-progress-deadline: 1s");
        var outcome = await _app.Boreal("compose", "up", "--wait").RunAsync();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("slot 1 does not run after 1 s, its progress deadline", outcome.Stderr, StringComparison.Ordinal);
        Assert.Contains("the update is paused: slot 1 does not run after 1 s", await _app.WhyAsync(), StringComparison.Ordinal);
        Assert.EndsWith(" 1", await AskAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dependency_ThatIsStopped_IsWaitedForAtARestart()
    {
        await _app.WriteAsync("""
            depends_on: {base: {condition: service_healthy}}
            restart: always
            """, $"base:\n  image: {WebImage.Name}\n  {Checks.Split('\n')[0]}");
        await _app.ComposeAsync("up", "--wait");

        await _app.ComposeAsync("stop", "base");
        await _app.KillAsync((await _app.ContainersAsync())[0]);
        await Eventually.HoldsAsync(async () => (await _app.WhyAsync()).Contains("waits for base, which is stopped", StringComparison.Ordinal), "it waits and says so");
        Assert.Empty(await _app.ContainersAsync());
        await _app.ComposeAsync("start", "base");

        await _app.ConvergesAsync();
        Assert.EndsWith(" 1", await AskAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_ThatGetsUnhealthy_IsReplacedAndTold()
    {
        await UpAsync("""{VERSION: "1"}""");

        await AskAsync("/sicken");

        await Eventually.HoldsAsync(async () => (await _app.WhyAsync()).Contains("its task is unhealthy: HTTP/1.1 503 Unwell", StringComparison.Ordinal), "the decision is told");
        await _app.ConvergesAsync();
        Assert.EndsWith(" 1", await AskAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_ThatIsTaken_IsToldWithItsHolder()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Any, _app.Address.Port));
        holder.Listen();
        await _app.WriteAsync("restart: always");

        await using var upping = _app.Boreal("compose", "up", "--detach").Start();

        await Eventually.HoldsAsync(async () => (await _app.Boreal("why", $"{WebApp.Name}/web").RunAsync()).Stdout.Contains(
            $"port {_app.Address.Port}/tcp of this machine is taken by {(await File.ReadAllTextAsync("/proc/self/comm")).Trim()} (process {Environment.ProcessId}): free it, or publish another",
            StringComparison.Ordinal), "it says who has the port");
        holder.Dispose();
        await _app.ConvergesAsync();
        Assert.EndsWith(" 1", await AskAsync("/"), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<string> AskAsync(string path)
    {
        using var link = await Load.HttpLink.OpenAsync(_app.Address, TestContext.Current.CancellationToken);
        await link.WriteAsync($"GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n", TestContext.Current.CancellationToken);
        return (await link.ReadAsync(TestContext.Current.CancellationToken)).Trim();
    }

    private async Task UpAsync(string environment)
    {
        await WriteAsync(environment);
        await _app.ComposeAsync("up", "--wait");
    }

    private Task WriteAsync(string environment, string update = "failure_action: rollback", string checks = Checks) => _app.WriteAsync($$"""
        environment: {{environment}}
        {{checks}}
        restart: always
        deploy:
          replicas: 2
          update_config: {order: start-first, monitor: 1s, {{update}}}
        """);
}
