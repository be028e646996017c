using System.Diagnostics;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>kill -9 of boreald at any moment of a build: while the context arrives, is copied, packed, and given away.</summary>
public sealed class EngineDeathTests : IAsyncLifetime
{
    private const int Deaths = 4;
    private const int Seed = 20261124;

    private const string Dockerfile = """
        FROM busybox
        COPY . /context
        RUN --network=none cp -r /context /copy
        """;

    private readonly TemporaryDirectory _context = new();
    private readonly Random _random = new(Seed);
    private CachePeers? _engine;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CachePeers Engine => _engine ?? throw new InvalidOperationException("the engine was not started");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_context.File("Dockerfile"), Dockerfile, Token);
        _engine = await CachePeers.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        _context.Dispose();
    }

    [Fact]
    public async Task Engine_KilledAtAnyMoment_BuildsTheSameAfterwards()
    {
        await FillAsync();
        var whole = await TimeOfBuildAsync();
        var before = await MachineState.CaptureAsync(Engine.Daemon.Roots);
        for (var death = 0; death < Deaths; death++)
        {
            // All of it is new to the engine each time.
            await FillAsync();
            await using (var build = Engine.Docker("build", "--progress", "plain", "--tag", "app", "--output", $"type=docker,dest={_context.Path}.tar", _context.Path).Start())
            {
                await Task.Delay(whole * _random.NextDouble(), TimeProvider.System, Token);
                await Engine.Daemon.KillAsync();
                await build.FinishAsync(Eventually.Patience);
            }

            await Engine.Daemon.StartAsync();
            await MachineState.AssertNothingNewAsync(Engine.Daemon.Roots, before);
            await Engine.BuildAsync(_context.Path, "--tag", "app");
            var told = await Engine.Docker("run", "--rm", "--network", "none", "app", "sh", "-c", "cd /context && md5sum $(find . -type f | sort) | md5sum; cd /copy && md5sum $(find . -type f | sort) | md5sum").OutputAsync();
            var asked = await Command.Shell("md5sum $(find . -type f | LC_ALL=C sort) | md5sum").In(_context.Path).OutputAsync();
            Assert.Equal([asked.Trim(), asked.Trim()], told.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        File.Delete($"{_context.Path}.tar");
    }

    // Large files and many small ones: an engine may die inside of the first and between the others.
    private Task<string> FillAsync() => Command.Shell("""
        for i in 1 2 3; do head -c 10000000 /dev/urandom > large$i; done
        for i in $(seq 40); do mkdir -p $i; for j in $(seq 10); do date +%N > $i/$j; done; done
        """).In(_context.Path).OutputAsync();

    private async Task<TimeSpan> TimeOfBuildAsync()
    {
        var clock = Stopwatch.StartNew();
        await Engine.BuildAsync(_context.Path, "--tag", "app");
        return clock.Elapsed;
    }
}
