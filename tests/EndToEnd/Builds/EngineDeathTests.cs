using System.Diagnostics;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>kill -9 of boreald at any moment of a build: while the context arrives, is copied, packed, and given away.</summary>
public sealed class EngineDeathTests
{
    private const int Deaths = 4;
    private const int Seed = 20261124;

    private const string Dockerfile = """
        FROM busybox
        COPY . /context
        RUN --network=none cp -r /context /copy
        """;

    [Fact]
    public async Task Engine_KilledAtAnyMoment_BuildsTheSameAfterwards()
    {
        await using var builder = await MortalBuilder.StartAsync(Dockerfile, Seed);
        var (engine, context) = (builder.Engine, builder.Context);
        await FillAsync(context);
        var clock = Stopwatch.StartNew();
        await engine.BuildAsync(context, "--tag", "app");
        var whole = clock.Elapsed;
        var before = await MachineState.CaptureAsync(engine.Daemon.Roots);
        for (var death = 0; death < Deaths; death++)
        {
            // All of it is new to the engine each time.
            await FillAsync(context);
            await using (var build = engine.Docker("build", "--progress", "plain", "--tag", "app", "--output", $"type=docker,dest={context}.tar", context).Start())
            {
                await builder.KillAsync(TimeSpan.Zero, whole);
                await build.FinishAsync(Eventually.Patience);
            }

            await engine.Daemon.StartAsync();
            await MachineState.AssertNothingNewAsync(engine.Daemon.Roots, before);
            await engine.BuildAsync(context, "--tag", "app");
            var told = await engine.Docker("run", "--rm", "--network", "none", "app", "sh", "-c", "cd /context && md5sum $(find . -type f | sort) | md5sum; cd /copy && md5sum $(find . -type f | sort) | md5sum").OutputAsync();
            var asked = await Command.Shell("md5sum $(find . -type f | LC_ALL=C sort) | md5sum").In(context).OutputAsync();
            Assert.Equal([asked.Trim(), asked.Trim()], told.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        File.Delete($"{context}.tar");
    }

    // Large files and many small ones: an engine may die inside of the first and between the others.
    private static Task<string> FillAsync(string context) => Command.Shell("""
        for i in 1 2 3; do head -c 10000000 /dev/urandom > large$i; done
        for i in $(seq 40); do mkdir -p $i; for j in $(seq 10); do date +%N > $i/$j; done; done
        """).In(context).OutputAsync();
}
