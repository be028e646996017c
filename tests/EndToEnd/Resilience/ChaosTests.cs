using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Resilience;

/// <summary>
/// kill -9 of the engine, of shims and of the OCI runtime at random moments, while containers run and others come and go:
/// afterwards the truth is right, nothing is left over, and no line of a surviving container is lost.
/// </summary>
public sealed class ChaosTests : IAsyncLifetime
{
    private const int Containers = 20;
    private const int Rounds = 30;
    private const int Seed = 20261122;

    private readonly BorealDaemon _daemon = new();
    private readonly Random _random = new(Seed);
    private readonly HashSet<string> _bereft = [];
    private readonly List<string> _story = [];

    private DockerCli Docker => _daemon.Docker;

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(Docker);
    }

    [Fact]
    public async Task Kills_AtRandomMomentsUnderLoad_LeaveTheTruthRightAndNothingBehind()
    {
        await Docker.OutputAsync("run", "--rm", "busybox", "true");
        var before = await MachineState.CaptureAsync(_daemon.Roots);
        var pids = await StartContainersAsync();

        await using (var load = new ChaosLoad(Docker))
        {
            for (var round = 0; round < Rounds; round++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(20, 400)), TimeProvider.System, TestContext.Current.CancellationToken);
                await KillSomethingAsync(round, pids);
            }
        }

        try
        {
            await AssertTruthAsync(pids);
            await Docker.Shell("docker rm -fv $(docker ps -aq)").RunAsync();
            Assert.Equal("", await Docker.OutputAsync("ps", "-aq"));
            await MachineState.AssertNothingNewAsync(_daemon.Roots, before);
        }
        catch (Exception e)
        {
            Assert.Fail($"{e.Message}\n{string.Join('\n', _story)}\n{_daemon.Log}");
        }
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    private async Task<Dictionary<string, string>> StartContainersAsync()
    {
        var pids = new Dictionary<string, string>();
        for (var number = 0; number < Containers; number++)
        {
            var name = $"steady-{number}";
            string[] port = number % 4 == 0 ? ["-p", "127.0.0.1::80"] : [];
            await Docker.OutputAsync(["run", "-d", "--name", name, .. port, "busybox", "sh", "-c", "i=0; while :; do echo $i; i=$((i+1)); usleep 50000; done"]);
            pids[name] = await Docker.InspectAsync(name, "{{.State.Pid}}");
        }
        return pids;
    }

    private async Task KillSomethingAsync(int round, Dictionary<string, string> pids)
    {
        switch (round % 3)
        {
            case 0:
                _story.Add($"{round}: boreald");
                await _daemon.KillAsync();
                await _daemon.StartAsync();
                break;
            case 1:
                var shims = ProcessList.Find("boreal-shim", _daemon.Roots.Directory);
                if (shims.Count == 0) break;
                var shim = shims[_random.Next(shims.Count)];
                _story.Add($"{round}: {shim.CommandLine}");
                await RememberOwnerAsync(shim.CommandLine, pids);
                await ProcessList.SignalAsync(shim.Pid, "KILL");
                break;
            default:
                var runtimes = await FindRuntimesAsync();
                if (runtimes.Count == 0) break;
                _story.Add($"{round}: {runtimes[0].CommandLine}");
                await ProcessList.SignalAsync(runtimes[0].Pid, "KILL");
                break;
        }
    }

    // A crun lives for milliseconds: watch for one while the load starts containers.
    private async Task<IReadOnlyList<(int Pid, string CommandLine)>> FindRuntimesAsync()
    {
        var deadline = new Deadline(TimeSpan.FromSeconds(2));
        while (!deadline.HasPassed)
        {
            var found = ProcessList.Find("crun", _daemon.Roots.Exec, " run ");
            if (found.Count > 0) return found;
            await Task.Yield();
        }
        return [];
    }

    private async Task RememberOwnerAsync(string shimCommandLine, Dictionary<string, string> pids)
    {
        foreach (var name in pids.Keys)
        {
            var id = await Docker.InspectAsync(name, "{{.Id}}");
            if (shimCommandLine.Contains(id[..12], StringComparison.Ordinal)) _bereft.Add(name);
        }
    }

    private async Task AssertTruthAsync(Dictionary<string, string> pids)
    {
        foreach (var (name, pid) in pids)
        {
            if (_bereft.Contains(name))
            {
                await AssertEndedAsync(name);
                var command = ProcessList.CommandLine(int.Parse(pid));
                Assert.False(command.Contains("usleep 50000", StringComparison.Ordinal), $"{name}'s process outlived its shim: {command}");
                continue;
            }
            Assert.Equal($"{name} running {pid}", $"{name} {await Docker.InspectAsync(name, "{{.State.Status}} {{.State.Pid}}")}");
            Assert.Equal("alive", await Docker.OutputAsync("exec", name, "echo", "alive"));
            var lines = (await Docker.OutputAsync("logs", name)).Split('\n');
            Assert.Equal(Enumerable.Range(0, lines.Length).Select(i => $"{i}"), lines);
        }
    }

    private async Task AssertEndedAsync(string name)
    {
        var state = "";
        try
        {
            await Eventually.HoldsAsync(async () => (state = await Docker.InspectAsync(name, "{{.Id}} {{json .State}}")).Contains("\"exited\"", StringComparison.Ordinal), "its end");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{name}'s shim was killed, but: {state}\n{string.Join('\n', ProcessList.Find(state[..12]).Select(process => $"{process.Pid} {process.CommandLine}"))}");
        }
    }
}
