using System.Formats.Tar;
using System.Text;
using Boreal.Tests.EndToEnd.Fixture;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Boreal.Tests.EndToEnd.Clients;

public sealed class DockerDotNetTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly DockerClient _client = new DockerClientConfiguration(new Uri(engine.Docker.Host)).CreateClient();
    private string _id = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var created = await _client.Containers.CreateContainerAsync(
            new CreateContainerParameters
            {
                Image = "busybox",
                Cmd = ["sh", "-c", "echo started; sleep 1000"],
                Env = ["A=b"],
                HostConfig = new HostConfig { Memory = 64 * 1024 * 1024 },
            },
            Cancelled);
        _id = created.ID;
        Assert.True(await _client.Containers.StartContainerAsync(_id, new ContainerStartParameters(), Cancelled));
    }

    [Fact]
    public async Task DockerDotNet_Inspect_KnowsTheContainer()
    {
        var inspected = await _client.Containers.InspectContainerAsync(_id, Cancelled);

        Assert.True(inspected.State.Running);
        Assert.Equal(64 * 1024 * 1024, inspected.HostConfig.Memory);
    }

    [Fact]
    public async Task DockerDotNet_Exec_GivesOutputAndExitCode()
    {
        var exec = await _client.Exec.ExecCreateContainerAsync(
            _id, new ContainerExecCreateParameters { AttachStdout = true, AttachStderr = true, Cmd = ["sh", "-c", "echo $A; echo err >&2; exit 4"] }, Cancelled);
        using var stream = await _client.Exec.StartAndAttachContainerExecAsync(exec.ID, tty: false, Cancelled);
        var (stdout, stderr) = await stream.ReadOutputToEndAsync(Cancelled);
        var inspected = await _client.Exec.InspectContainerExecAsync(exec.ID, Cancelled);

        Assert.Equal(("b\n", "err\n", 4), (stdout, stderr, (int)inspected.ExitCode));
    }

    [Fact]
    public async Task DockerDotNet_StopThenLogs_GivesTheWholeOutput()
    {
        await _client.Containers.StopContainerAsync(_id, new ContainerStopParameters { WaitBeforeKillSeconds = 0 }, Cancelled);
        var exit = await _client.Containers.WaitContainerAsync(_id, Cancelled);
        using var logs = await _client.Containers.GetContainerLogsAsync(_id, tty: false, new ContainerLogsParameters { ShowStdout = true, ShowStderr = true }, Cancelled);
        var (stdout, _) = await logs.ReadOutputToEndAsync(Cancelled);

        Assert.Equal(137, exit.StatusCode);
        Assert.Equal("started\n", stdout);
    }

    [Fact]
    public async Task DockerDotNet_CopyInAndOut_KeepsTheContent()
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, leaveOpen: true))
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "copied") { DataStream = new MemoryStream("content"u8.ToArray()) }, Cancelled);
        archive.Position = 0;
        await _client.Containers.ExtractArchiveToContainerAsync(_id, new ContainerPathStatParameters { Path = "/tmp" }, archive, Cancelled);
        var back = await _client.Containers.GetArchiveFromContainerAsync(_id, new GetArchiveFromContainerParameters { Path = "/tmp/copied" }, statOnly: false, Cancelled);

        Assert.Equal(("copied", 7L), (back.Stat.Name, back.Stat.Size));
        await using var reader = new TarReader(back.Stream);
        var entry = await reader.GetNextEntryAsync(copyData: true, Cancelled);
        var content = entry?.DataStream is { } data ? await new StreamReader(data, Encoding.UTF8).ReadToEndAsync(Cancelled) : "";
        Assert.Equal("content", content);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.Containers.RemoveContainerAsync(_id, new ContainerRemoveParameters { Force = true }, CancellationToken.None);
        await Assert.ThrowsAsync<DockerContainerNotFoundException>(() => _client.Containers.InspectContainerAsync(_id, CancellationToken.None));
        _client.Dispose();
    }
}
