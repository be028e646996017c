using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Resilience;

/// <summary>kill -9 of the engine: containers, their logs and their exit codes live on.</summary>
public sealed class RestoreTests : IAsyncLifetime
{
    private const int Crowd = 30;

    private readonly BorealDaemon _daemon = new();

    private DockerCli Docker => _daemon.Docker;

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(Docker);
    }

    [Fact]
    public async Task KillOfTheEngine_WhileContainersRunAndEnd_LosesNoCodeAndNoLine()
    {
        await Docker.OutputAsync("run", "-d", "--name", "goes-on", "busybox", "sh", "-c", "i=0; while :; do echo $i; i=$((i+1)); usleep 10000; done");
        await Docker.OutputAsync("run", "-d", "--name", "ends", "busybox", "sh", "-c", "while [ ! -e /go ]; do usleep 10000; done; seq 1 500; exit 23");
        var pid = await Docker.InspectAsync("goes-on", "{{.State.Pid}}");
        var root = $"/proc/{await Docker.InspectAsync("ends", "{{.State.Pid}}")}/root";

        await _daemon.KillAsync();
        await File.WriteAllTextAsync(root + "/go", "", TestContext.Current.CancellationToken);
        await Command.Shell($"while [ -d {root}/bin ]; do sleep 0.05; done").OutputAsync();
        await _daemon.StartAsync();

        Assert.Equal($"running {pid}", await Docker.InspectAsync("goes-on", "{{.State.Status}} {{.State.Pid}}"));
        Assert.Equal("exited 23", await Docker.InspectAsync("ends", "{{.State.Status}} {{.State.ExitCode}}"));
        Assert.Equal(Enumerable.Range(1, 500).Select(i => $"{i}"), (await Docker.OutputAsync("logs", "ends")).Split('\n'));
        Assert.Equal("again", await Docker.OutputAsync("exec", "goes-on", "echo", "again"));
        await Docker.OutputAsync("stop", "-t", "0", "goes-on");
        var lines = (await Docker.OutputAsync("logs", "goes-on")).Split('\n');
        Assert.Equal(Enumerable.Range(0, lines.Length).Select(i => $"{i}"), lines);
    }

    [Fact]
    public async Task KillOfTheEngine_WithManyContainers_FindsThemAll()
    {
        await Docker.Shell($"seq 1 {Crowd} | xargs -P 4 -I N docker run -d --name many-N busybox sleep 1000").Within(TimeSpan.FromMinutes(2)).OutputAsync();
        await _daemon.KillAsync();

        await _daemon.StartAsync();

        Assert.Equal(Crowd, (await Docker.OutputAsync("ps", "-q")).Split('\n').Length);
    }

    [Fact]
    public async Task StopOfTheEngine_OnTerminate_EndsCleanlyAndKeepsContainers()
    {
        await Docker.OutputAsync("run", "-d", "--name", "kept", "-p", "127.0.0.1::80", "busybox", "sleep", "1000");
        var pid = await Docker.InspectAsync("kept", "{{.State.Pid}}");

        Assert.Equal(0, await _daemon.StopAsync());
        Assert.True(Directory.Exists($"/proc/{pid}"));
        await _daemon.StartAsync();

        Assert.Equal(pid, await Docker.InspectAsync("kept", "{{.State.Pid}}"));
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();
}
