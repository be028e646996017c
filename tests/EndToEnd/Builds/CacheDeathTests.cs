using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Registries;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>kill -9 of boreald while a cache is written elsewhere, and while the cache is cleaned.</summary>
public sealed class CacheDeathTests : IAsyncLifetime
{
    private const int Deaths = 3;
    private const int Seed = 20261123;

    private const string Dockerfile = """
        FROM busybox
        RUN --network=none head -c 20000000 /dev/urandom > /large
        RUN --network=none for i in $(seq 300); do mkdir -p /d/$i; date > /d/$i/f; done
        RUN --network=none --mount=type=cache,target=/c date > /c/f; date > /last
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
    public async Task Export_WhoseEngineDies_LeavesTheCacheThereAsItWas()
    {
        await using var registry = await BorealRegistry.StartAsync();
        var cache = $"type=registry,ref={registry.Address}/cache:it";
        await Engine.BuildAsync(_context.Path, "--tag", "app");
        var steps = await Engine.StepsAsync();
        for (var death = 0; death < Deaths; death++)
        {
            await using (var build = Engine.Docker("buildx", "--builder", "remote", "build", "--progress", "plain", "--cache-to", $"{cache},mode=max", _context.Path).Start())
            {
                await Eventually.HoldsAsync(() => build.Stderr.Contains("exporting cache", StringComparison.Ordinal), "the export begins");
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(0, 150)), TimeProvider.System, Token);
                await Engine.Daemon.KillAsync();
            }

            await Engine.Daemon.StartAsync();
            Assert.Equal(steps.Order(), (await Engine.StepsAsync()).Order());
        }

        await Engine.BuildRemoteAsync(_context.Path, "--cache-to", $"{cache},mode=max");
        var id = await Engine.IdAsync("app");
        await Engine.Docker("rmi", "--force", "app").OutputAsync();
        await Engine.Docker("builder", "prune", "--all", "--force").OutputAsync();
        var told = await Engine.BuildAsync(_context.Path, "--tag", "app", "--cache-from", cache);
        Assert.Equal(4, told.Split(" CACHED").Length - 1);
        Assert.Equal(id, await Engine.IdAsync("app"));
    }

    [Fact]
    public async Task Cleaning_WhoseEngineDies_IsFinishedByTheNext()
    {
        for (var death = 0; death < Deaths; death++)
        {
            await Engine.BuildAsync(_context.Path, "--no-cache", "--tag", "app");
            await Engine.Docker("rmi", "--force", "app").OutputAsync();
            await using (var prune = Engine.Docker("builder", "prune", "--all", "--force").Start())
            {
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(10, 80)), TimeProvider.System, Token);
                await Engine.Daemon.KillAsync();
            }

            await Engine.Daemon.StartAsync();
            // What is left is whole: a build may use it, and gives the same.
            await Engine.BuildAsync(_context.Path, "--tag", "app");
            Assert.Equal("20000000 300", (await Engine.Docker("run", "--rm", "--network", "none", "app", "sh", "-c", "echo $(stat -c %s /large) $(ls /d | wc -l)").OutputAsync()).Trim());
            await Engine.Docker("rmi", "--force", "app").OutputAsync();
        }

        await Engine.Docker("builder", "prune", "--all", "--force").OutputAsync();
        Assert.Empty(await Engine.StepsAsync());
        await Eventually.HoldsAsync(() => LayerFolders() == 1, "the base image's layer alone is left");
    }

    // A folder of a removed layer goes behind the caller's back.
    private int LayerFolders() => Directory.GetDirectories(Path.Combine(Engine.Daemon.Roots.Data, "layers")).Count(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]));
}
