using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>Steps that fork away, and steps that need more room than there is.</summary>
public sealed class HardStepTests : IAsyncLifetime
{
    private readonly BorealDaemon _daemon = new();
    private readonly TemporaryDirectory _context = new();
    private readonly BuildClients _clients;

    public HardStepTests() => _clients = new BuildClients(_daemon.Docker.Host);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        _clients.Dispose();
        _context.Dispose();
    }

    [Fact]
    public async Task Step_ThatLeavesProcessesBehind_EndsWithThem()
    {
        await StartAsync();
        var before = await MachineState.CaptureAsync(_daemon.Roots);

        var result = await BuildAsync("RUN for i in 1 2 3; do (setsid sh -c 'trap \"\" TERM HUP; while :; do sleep 1; done' &); done; echo left > /x");

        Assert.True(result.ExitCode == 0, result.Stderr);
        Assert.Equal("left", await _daemon.Docker.OutputAsync("run", "--rm", "hard", "cat", "/x"));
        await MachineState.AssertNothingNewAsync(_daemon.Roots, before);
    }

    [Fact]
    public async Task Step_ThatFillsTheDisk_FailsAloneAndGivesTheRoomBack()
    {
        Directory.CreateDirectory(_daemon.Roots.Data);
        await Command.Of("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", _daemon.Roots.Data).OutputAsync();
        await StartAsync();
        var free = new DriveInfo(_daemon.Roots.Data).AvailableFreeSpace;

        var program = await BuildAsync("RUN dd if=/dev/zero of=/big bs=1M count=100");
        await Command.Shell("head -c 60M /dev/zero > big").In(_context.Path).OutputAsync();
        var transfer = await BuildAsync("COPY big /big");
        File.Delete(_context.File("big"));
        await Command.Shell("head -c 30M /dev/zero > half").In(_context.Path).OutputAsync();
        var copy = await BuildAsync("COPY half /half");
        File.Delete(_context.File("half"));

        Assert.All([program, transfer, copy], result => Assert.Contains("o space left on device", result.Stderr, StringComparison.Ordinal));
        var fits = await BuildAsync("RUN echo fits > /x");
        Assert.True(fits.ExitCode == 0, fits.Stderr);
        await _daemon.Docker.OutputAsync("builder", "prune", "--all", "--force");
        Assert.InRange(new DriveInfo(_daemon.Roots.Data).AvailableFreeSpace, free - (8 << 20), long.MaxValue);
    }

    private async Task StartAsync()
    {
        await _daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(_daemon.Docker);
    }

    private async Task<CommandResult> BuildAsync(string step)
    {
        await File.WriteAllTextAsync(_context.File("Dockerfile"), $"FROM busybox\n{step}\n");
        return await _clients.Buildx("build", "--progress", "plain", "--tag", "hard", ".").In(_context.Path).RunAsync();
    }
}
