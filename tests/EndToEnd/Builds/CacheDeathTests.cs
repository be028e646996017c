using Boreal.Tests.TestKit.Registries;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>kill -9 of boreald while a cache is written elsewhere, and while the cache is cleaned.</summary>
public sealed class CacheDeathTests
{
    private const int Deaths = 3;
    private const int Seed = 20261123;

    private const string Dockerfile = """
        FROM busybox
        RUN --network=none head -c 20000000 /dev/urandom > /large
        RUN --network=none for i in $(seq 300); do mkdir -p /d/$i; date > /d/$i/f; done
        RUN --network=none --mount=type=cache,target=/c date > /c/f; date > /last
        """;

    [Fact]
    public async Task Export_WhoseEngineDies_LeavesTheCacheThereAsItWas()
    {
        await using var builder = await MortalBuilder.StartAsync(Dockerfile, Seed);
        var (engine, context) = (builder.Engine, builder.Context);
        await using var registry = await BorealRegistry.StartAsync();
        var cache = $"type=registry,ref={registry.Address}/cache:it";
        await engine.BuildAsync(context, "--tag", "app");
        var steps = await engine.StepsAsync();
        for (var death = 0; death < Deaths; death++)
        {
            await using (var build = engine.Docker("buildx", "--builder", "remote", "build", "--progress", "plain", "--cache-to", $"{cache},mode=max", context).Start())
            {
                await Eventually.HoldsAsync(() => build.Stderr.Contains("exporting cache", StringComparison.Ordinal), "the export begins");
                await builder.KillAsync(TimeSpan.Zero, TimeSpan.FromMilliseconds(150));
            }

            await engine.Daemon.StartAsync();
            Assert.Equal(steps.Order(), (await engine.StepsAsync()).Order());
        }

        await engine.BuildRemoteAsync(context, "--cache-to", $"{cache},mode=max");
        var id = await engine.IdAsync("app");
        await engine.Docker("rmi", "--force", "app").OutputAsync();
        await engine.Docker("builder", "prune", "--all", "--force").OutputAsync();
        var told = await engine.BuildAsync(context, "--tag", "app", "--cache-from", cache);
        Assert.Equal(4, told.Split(" CACHED").Length - 1);
        Assert.Equal(id, await engine.IdAsync("app"));
    }

    [Fact]
    public async Task Cleaning_WhoseEngineDies_IsFinishedByTheNext()
    {
        await using var builder = await MortalBuilder.StartAsync(Dockerfile, Seed);
        var (engine, context) = (builder.Engine, builder.Context);
        for (var death = 0; death < Deaths; death++)
        {
            await engine.BuildAsync(context, "--no-cache", "--tag", "app");
            await engine.Docker("rmi", "--force", "app").OutputAsync();
            await using (var prune = engine.Docker("builder", "prune", "--all", "--force").Start())
                await builder.KillAsync(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(80));

            await engine.Daemon.StartAsync();
            // What is left is whole: a build may use it, and gives the same.
            await engine.BuildAsync(context, "--tag", "app");
            Assert.Equal("20000000 300", (await engine.Docker("run", "--rm", "--network", "none", "app", "sh", "-c", "echo $(stat -c %s /large) $(ls /d | wc -l)").OutputAsync()).Trim());
            await engine.Docker("rmi", "--force", "app").OutputAsync();
        }

        await engine.Docker("builder", "prune", "--all", "--force").OutputAsync();
        Assert.Empty(await engine.StepsAsync());
        await Eventually.HoldsAsync(() => LayerFolders(engine) == 1, "the base image's layer alone is left");
    }

    // A folder of a removed layer goes behind the caller's back.
    private static int LayerFolders(CachePeers engine) =>
        Directory.GetDirectories(Path.Combine(engine.Daemon.Roots.Data, "layers")).Count(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]));
}
