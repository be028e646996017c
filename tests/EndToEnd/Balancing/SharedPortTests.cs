using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Balancing;

/// <summary>Containers behind one port of the host, by the stock client and its compose plugin.</summary>
public sealed class SharedPortTests : IAsyncLifetime
{
    // Half a second from its start it does not listen yet; at the stop signal it ends at once, and so refuses.
    private const string Server = "sleep 0.5; mkdir -p /www; hostname > /www/index.html; exec httpd -f -p 80 -h /www";

    private readonly BorealDaemon _daemon = new();

    private DockerCli Docker => _daemon.Docker;

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(Docker);
    }

    [Fact]
    public async Task Label_WhileContainersAndTheEngineComeAndGo_FailsNoRequest()
    {
        await RunAsync("one", "");
        var port = (await Docker.OutputAsync("port", "one", "80/tcp")).Split('\n')[0].Split(':')[^1];
        var target = new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        await Eventually.HoldsAsync(() => IsAnsweredAsync(target), "the first answers");
        var load = new OpenLoad(target, perSecond: 50);
        using var ending = new CancellationTokenSource();
        var loading = load.RunAsync(ending.Token);

        await RunAsync("two", port);
        await RunAsync("three", port);
        await AnswersAsync(load, "three");
        await Docker.OutputAsync("stop", "one");
        await Docker.OutputAsync("start", "one");
        var before = load.Answers["one"];
        await Eventually.HoldsAsync(() => load.Answers["one"] > before, "the first answers again");
        await Docker.OutputAsync("restart", "two");
        await Docker.OutputAsync("pause", "three");
        await Docker.OutputAsync("unpause", "three");
        await _daemon.KillAsync();
        await _daemon.StartAsync();
        before = load.Answers["two"];
        await Eventually.HoldsAsync(() => load.Answers["two"] > before, "the second answers");
        Assert.StartsWith($"0.0.0.0:{port}->80/tcp", await Docker.OutputAsync("ps", "--filter", "name=three", "--format", "{{.Ports}}"), StringComparison.Ordinal);
        await Docker.OutputAsync("stop", "three");
        await Docker.OutputAsync("rm", "three");
        await ending.CancelAsync();
        await loading;

        TestContext.Current.SendDiagnosticMessage($"{load.Answers.Sum(answer => answer.Value)} answers, longest gap {load.LongestGap.TotalMilliseconds:0} ms");
        Assert.Empty(load.Failures);
    }

    [Fact]
    public async Task Compose_ScaleWithAFixedPort_ServesFromEachAndFreesThePort()
    {
        using var directory = new TemporaryDirectory("/dev/shm");
        var port = FreePort();
        await File.WriteAllTextAsync(directory.File("compose.yaml"), $$"""
            name: shared
            services:
              web:
                image: busybox
                init: true
                command: ["sh", "-c", "{{Server}}"]
                ports: ["{{port}}:80"]
                labels:
                  io.boreal.balance: shared-web
                  io.boreal.balance.name: site
            """, TestContext.Current.CancellationToken);
        string[] compose = ["compose", "-f", directory.File("compose.yaml")];

        await Docker.OutputAsync([.. compose, "up", "-d", "--scale", "web=3"]);
        var load = new OpenLoad(new IPEndPoint(IPAddress.Loopback, port), perSecond: 50);
        using var ending = new CancellationTokenSource();
        var loading = load.RunAsync(ending.Token);
        await Eventually.HoldsAsync(() => load.Answers.Count == 3, "each of the three answers");
        var address = await Docker.OutputAsync([.. compose, "exec", "web", "sh", "-c", "ping -c 1 site | head -1"]);
        Assert.DoesNotContain(address.Split('(', ')')[1], await Docker.OutputAsync("network", "inspect", "shared_default", "--format", "{{range .Containers}}{{.IPv4Address}} {{end}}"), StringComparison.Ordinal);
        await ending.CancelAsync();
        await loading;
        await Docker.OutputAsync([.. compose, "up", "-d", "--scale", "web=1"]);
        await Docker.OutputAsync([.. compose, "down"]);

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    private Task<string> RunAsync(string name, string port) => Docker.OutputAsync(
        "run", "-d", "--init", "--name", name, "--hostname", name, "--label", "io.boreal.balance=web", "-p", $"{port}:80", EngineUnderTest.Image, "sh", "-c", Server);

    private static Task AnswersAsync(OpenLoad load, string name) => Eventually.HoldsAsync(() => load.Answers.ContainsKey(name), $"{name} answers");

    private static async Task<bool> IsAnsweredAsync(IPEndPoint target)
    {
        using var ending = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var load = new OpenLoad(target, perSecond: 20);
        await load.RunAsync(ending.Token);
        return load.Answers.Count > 0;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket.LocalEndPoint is IPEndPoint bound ? bound.Port : 0;
    }
}
