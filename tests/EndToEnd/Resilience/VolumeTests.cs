using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Resilience;

/// <summary>kill -9 of everything there is: a volume keeps its data, and is never half of what it should be.</summary>
public sealed class VolumeTests : IAsyncLifetime
{
    private const int ImageFiles = 3000;
    private const int Kills = 12;

    private readonly BorealDaemon _daemon = new();

    private DockerCli Docker => _daemon.Docker;

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(Docker);
    }

    [Fact]
    public async Task Volume_ThroughKillOfEverythingAndRemovalOfItsContainer_KeepsItsData()
    {
        await Docker.OutputAsync("run", "-d", "--name", "writer", "-v", "data:/data", "busybox", "sh", "-c", "for i in $(seq 200); do echo $i > /data/$i; done; touch /data/done; sleep 1000");
        await Eventually.HoldsAsync(async () => (await Docker.RunAsync("exec", "writer", "ls", "/data/done")).ExitCode == 0, "the writer is done");

        await _daemon.KillAsync();
        foreach (var (pid, _) in ProcessList.Find(_daemon.Roots.Directory)) await ProcessList.SignalAsync(pid, "KILL");
        await _daemon.StartAsync();

        Assert.Equal("exited", await Docker.InspectAsync("writer", "{{.State.Status}}"));
        var refusal = await Docker.RunAsync("volume", "rm", "data");
        Assert.Contains($"remove data: volume is in use - [{await Docker.InspectAsync("writer", "{{.Id}}")}]", refusal.Stderr, StringComparison.Ordinal);
        await Docker.OutputAsync("start", "writer");
        Assert.Equal("200", await Docker.OutputAsync("exec", "writer", "cat", "/data/200"));
        await Docker.OutputAsync("rm", "-fv", "writer");
        Assert.Equal("201", await Docker.OutputAsync("run", "--rm", "-v", "data:/data", "busybox", "sh", "-c", "ls /data | wc -l"));
        await _daemon.RestartAsync();
        Assert.Equal("200", await Docker.OutputAsync("run", "--rm", "-v", "data:/data:ro", "busybox", "cat", "/data/200"));
        await Docker.OutputAsync("volume", "rm", "data");
        Assert.Equal("", await Docker.OutputAsync("volume", "ls", "-q"));
    }

    [Fact]
    public async Task MountedVolume_OfARunningContainer_OutlivesTheEngineAndGoesWithItsLastUser()
    {
        string[] mount = ["--mount", "type=volume,src=scratch,dst=/scratch,volume-opt=type=tmpfs,volume-opt=device=tmpfs"];
        await Docker.OutputAsync(["run", "-d", "--name", "one", .. mount, "busybox", "sh", "-c", "echo here > /scratch/file; sleep 1000"]);
        await Eventually.HoldsAsync(async () => (await Docker.RunAsync("exec", "one", "ls", "/scratch/file")).ExitCode == 0, "the file is written");

        await _daemon.KillAsync();
        await _daemon.StartAsync();

        Assert.Equal("here", await Docker.OutputAsync(["run", "--rm", .. mount, "busybox", "cat", "/scratch/file"]));
        Assert.Equal("here", await Docker.OutputAsync("exec", "one", "cat", "/scratch/file"));
        await Docker.OutputAsync("rm", "-f", "one");
        Assert.Equal("", await Docker.OutputAsync(["run", "--rm", .. mount, "busybox", "ls", "/scratch"]));
    }

    [Fact]
    public async Task CopyUp_KilledAtAnyMoment_IsWholeAtTheNextCreation()
    {
        await Docker.OutputAsync("run", "--name", "source", "busybox", "sh", "-c", $"mkdir -p /data/sub; for i in $(seq {ImageFiles}); do echo $i > /data/sub/$i; done; echo last > /data/zzz");
        await Docker.OutputAsync("commit", "-c", "VOLUME /data", "source", "full");
        var random = new Random(20);
        var seen = new HashSet<bool>();
        for (var round = 0; round < Kills; round++)
        {
            // Half of the volumes are there before, so that they are not simply given up with the creation.
            if (round % 2 == 0) await Docker.OutputAsync("volume", "create", $"vol-{round}");
            var creation = Docker.Shell($"docker create -v vol-{round}:/data -v /anonymous full").Start();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(30, 250)), TimeProvider.System, TestContext.Current.CancellationToken);
            await _daemon.KillAsync();
            seen.Add((await creation.FinishAsync(Eventually.Patience)).ExitCode == 0);
            await _daemon.StartAsync();

            Assert.Contains(await Docker.OutputAsync("run", "--rm", "-v", $"vol-{round}:/data", "busybox", "sh", "-c", "echo $(ls -A /data) $(ls /data/sub 2>/dev/null | wc -l)"), new[] { "0", $"sub zzz {ImageFiles}" });
            Assert.Equal("1 " + ImageFiles, await Docker.OutputAsync("run", "--rm", "-v", $"vol-{round}:/data", "full", "sh", "-c", "echo $(ls /data | grep -c zzz) $(ls /data/sub | wc -l)"));
            Assert.Equal("sub zzz", await Docker.OutputAsync("run", "--rm", "-v", $"vol-{round}:/data", "busybox", "sh", "-c", "echo $(ls -A /data)"));
            var containers = await Docker.OutputAsync("ps", "-aq", "--filter", $"volume=vol-{round}");
            var anonymous = await Docker.OutputAsync("volume", "ls", "-q", "--filter", "label=com.docker.volume.anonymous", "--filter", "dangling=true");
            Assert.Equal("", anonymous);
            if (containers.Length > 0) await Docker.OutputAsync("rm", "-v", containers);
        }

        Assert.Contains(false, seen);
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();
}
