using System.Text.Json.Nodes;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;

namespace Boreal.Tests.EndToEnd.Resilience;

/// <summary>
/// kill -9 of the engine while networks come and go and containers are connected and disconnected: no address is given
/// twice, what is told is what is there, nothing is left over, and who runs stays connected all the time.
/// </summary>
public sealed class NetworkChaosTests : IAsyncLifetime
{
    private const int Kills = 12;
    private const int Changes = 200;
    private const int Seed = 20261123;

    private readonly BorealDaemon _daemon = new();
    private readonly Random _random = new(Seed);

    private DockerCli Docker => _daemon.Docker;

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(Docker);
    }

    [Fact]
    public async Task Kills_DuringConnectsAndCreates_GiveNoAddressTwiceAndLeaveNothing()
    {
        await Docker.OutputAsync("network", "create", "steady");
        await Docker.OutputAsync("run", "-d", "--name", "server", "--network", "steady", "busybox", "httpd", "-f", "-p", "80");
        var server = await Docker.InspectAsync("server", "{{.NetworkSettings.Networks.steady.IPAddress}}");
        // Asks ten times a second and writes down every answer that did not come.
        await Docker.OutputAsync("run", "-d", "--name", "client", "--network", "steady", "busybox", "sh", "-c",
            $"while :; do printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 {server} 80 | grep -q HTTP || echo lost; usleep 100000; done");
        var before = await MachineState.CaptureAsync(_daemon.Roots);
        for (var number = 0; number < 4; number++) await Docker.OutputAsync("run", "-d", "--name", $"roving-{number}", "--network", "steady", "busybox", "sleep", "10000");

        var changing = Task.WhenAll(Enumerable.Range(0, 4).Select(ChangeAsync));
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(100, 700)), TimeProvider.System, TestContext.Current.CancellationToken);
            await _daemon.KillAsync();
            await _daemon.StartAsync();
        }

        await changing;
        await AssertTruthAsync();
        Assert.Equal("", await Docker.OutputAsync("logs", "client"));
        Assert.Equal("alive", await Docker.OutputAsync("exec", "client", "sh", "-c", "ping -c 1 server >/dev/null && echo alive"));

        await Docker.Shell("docker rm -f roving-0 roving-1 roving-2 roving-3; docker network prune -f").OutputAsync();
        await MachineState.AssertNothingNewAsync(_daemon.Roots, before);
        await Docker.Shell("docker rm -f server client; docker network prune -f").OutputAsync();
        Assert.Equal("bridge\nhost\nnone", await Docker.OutputAsync("network", "ls", "--format", "{{.Name}}"));
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    // Failures are expected whenever there is no engine to answer.
    private Task ChangeAsync(int number) => Docker.Shell($"""
        for i in $(seq {Changes / 4}); do
          docker network create net-{number}-$((i % 3)) >/dev/null 2>&1
          docker network connect net-{number}-$((i % 3)) roving-{number} 2>/dev/null
          docker network connect net-{(number + 1) % 4}-$((i % 3)) roving-{number} 2>/dev/null
          docker network disconnect net-{number}-$(((i + 1) % 3)) roving-{number} 2>/dev/null
          docker network rm net-{number}-$(((i + 1) % 3)) >/dev/null 2>&1
        done; true
        """).Within(TimeSpan.FromMinutes(3)).OutputAsync();

    private async Task AssertTruthAsync()
    {
        var names = (await Docker.OutputAsync("network", "ls", "-q", "--filter", "type=custom")).Split('\n');
        var networks = JsonNode.Parse(await Docker.OutputAsync(["network", "inspect", .. names]))?.AsArray() ?? [];
        var given = networks.SelectMany(network => Addresses(network?["Containers"])).ToList();
        Assert.Equal(given.Distinct(), given);
        foreach (var name in (string[])["server", "client", "roving-0", "roving-1", "roving-2", "roving-3"])
        {
            var told = (JsonNode.Parse(await Docker.InspectAsync(name, "{{json .NetworkSettings.Networks}}"))?.AsObject() ?? [])
                .Select(pair => $"{pair.Value?["IPAddress"]}/{pair.Value?["IPPrefixLen"]}").Order(StringComparer.Ordinal);
            var found = (await Docker.OutputAsync("exec", name, "ip", "-4", "-o", "address")).Split('\n')
                .Where(line => !line.Contains(" lo ", StringComparison.Ordinal))
                .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[3]).Order(StringComparer.Ordinal);
            Assert.Equal(told, found);
        }
    }

    private static IEnumerable<string> Addresses(JsonNode? containers) =>
        (containers?.AsObject() ?? []).Select(pair => pair.Value?["IPv4Address"]?.GetValue<string>() ?? "");
}
