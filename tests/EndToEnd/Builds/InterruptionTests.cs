using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>Clients that go and engines that are killed in the middle of a build.</summary>
public sealed class InterruptionTests : IAsyncLifetime
{
    // The first step is known by what it wrote, the second is what everybody waits for.
    private const string Dockerfile = """
        FROM busybox
        RUN cat /proc/sys/kernel/random/uuid > /made
        RUN trap '' TERM INT HUP; echo waiting; while :; do sleep 1; done
        """;

    private readonly BorealDaemon _daemon = new();
    private readonly TemporaryDirectory _context = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(_daemon.Docker);
        await File.WriteAllTextAsync(_context.File("Dockerfile"), Dockerfile);
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        _context.Dispose();
    }

    [Theory]
    [InlineData("buildx", "INT")]
    [InlineData("buildx", "KILL")]
    [InlineData("classic", "INT")]
    [InlineData("classic", "KILL")]
    [InlineData("boreal", "INT")]
    [InlineData("boreal", "KILL")]
    public async Task Client_GoneInTheMiddle_EndsTheProgramAndLeavesNothing(string client, string signal)
    {
        using var clients = new BuildClients(_daemon.Docker.Host);
        var before = await MachineState.CaptureAsync(_daemon.Roots);
        await using var build = Start(clients, client);
        await WaitAsync(build);

        await ProcessList.SignalAsync(build.Pid, signal);

        await build.FinishAsync(Eventually.Patience);
        await MachineState.AssertNothingNewAsync(_daemon.Roots, before);
        var uploads = new DirectoryInfo(Path.Combine(_daemon.Roots.Data, "build", "uploads"));
        Assert.False(uploads.Exists && uploads.EnumerateFileSystemInfos().Any());
    }

    [Fact]
    public async Task Engine_KilledInTheMiddle_IsRightAgainAndKeepsFinishedSteps()
    {
        using var clients = new BuildClients(_daemon.Docker.Host);
        var before = await MachineState.CaptureAsync(_daemon.Roots);
        await using (var build = Start(clients, "buildx"))
        {
            await WaitAsync(build);
            await _daemon.KillAsync();
            Assert.NotEqual(0, (await build.FinishAsync(Eventually.Patience)).ExitCode);
        }

        await _daemon.StartAsync();

        await MachineState.AssertNothingNewAsync(_daemon.Roots, before);
        await File.WriteAllTextAsync(_context.File("Dockerfile"), string.Join('\n', Dockerfile.Split('\n')[..2]), Token);
        var again = await clients.Buildx("build", "--progress", "plain", "--tag", "finished", ".").In(_context.Path).RunAsync();
        Assert.Matches(@"#\d+ \[2/2\] RUN cat [^\n]*\n#\d+ CACHED", again.Stderr);
        Assert.Equal(36, (await _daemon.Docker.OutputAsync("run", "--rm", "finished", "cat", "/made")).Length);
    }

    private RunningCommand Start(BuildClients clients, string client)
    {
        var command = client switch
        {
            "classic" => clients.Classic("build", "."),
            "boreal" => clients.Boreal("build", "--progress", "plain", "."),
            _ => clients.Buildx("build", "--progress", "plain", "."),
        };
        return command.In(_context.Path).Start();
    }

    private static Task WaitAsync(RunningCommand build) => Eventually.HoldsAsync(
        () => (build.Stdout + build.Stderr).Split('\n').Any(line => line.EndsWith("waiting", StringComparison.Ordinal)), "the second step runs", TimeSpan.FromSeconds(30));
}
