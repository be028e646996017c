using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Files;

/// <summary>docker cp with links in the container that point outside: nothing outside is read or touched.</summary>
public sealed class CopyTests(EngineUnderTest engine) : IDisposable
{
    private const string Name = "cp-links";

    private readonly TemporaryDirectory _host = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CopyIn_ThroughAbsoluteLink_StaysInsideTheContainer(bool running)
    {
        await PrepareAsync($"mkdir -p {_host.Path}; ln -s {_host.Path} /link", running);
        await engine.Docker.OutputAsync("cp", _host.File("in"), $"{Name}:/link/");

        Assert.Equal(["in", "secret"], Directory.GetFiles(_host.Path).Select(Path.GetFileName).Order());
        Assert.Equal("secret", await ReadSecretAsync());
        Assert.Equal("content", await ReadAsync($"{_host.Path}/in"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CopyIn_OverLinkToHostFile_LeavesTheHostFileAlone(bool running)
    {
        await PrepareAsync($"ln -s {_host.File("secret")} /in; ln -s ../../../../../../../..{_host.File("secret")} /tmp/in", running);
        await engine.Docker.RunAsync("cp", _host.File("in"), $"{Name}:/in");
        await engine.Docker.RunAsync("cp", _host.File("in"), $"{Name}:/tmp/in");

        Assert.Equal("secret", await ReadSecretAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CopyOut_FollowingLinkToHostFile_DoesNotReadTheHost(bool running)
    {
        await PrepareAsync($"ln -s {_host.File("secret")} /link; ln -s ../../../../../../../..{_host.Path} /dir", running);

        var followed = await engine.Docker.RunAsync("cp", "-L", $"{Name}:/link", _host.File("out"));
        var through = await engine.Docker.RunAsync("cp", $"{Name}:/dir/secret", _host.File("out"));

        Assert.NotEqual(0, followed.ExitCode);
        Assert.NotEqual(0, through.ExitCode);
        Assert.False(File.Exists(_host.File("out")));
    }

    [Fact]
    public async Task CopyIn_ArchiveWithLinkAndFileBelowIt_StaysInsideTheContainer()
    {
        await PrepareAsync("true", running: false);
        // A tar that first makes a link out of the container and then writes below it.
        await Command.Shell($"cd {_host.Path} && mkdir t && ln -s {_host.Path} t/d && tar -cf a.tar -C t d && rm t/d && mkdir t/d && echo bad > t/d/planted && tar -rf a.tar -C t d/planted && rm -r t").OutputAsync();
        await engine.Docker.Shell($"docker cp - {Name}:/tmp < {_host.File("a.tar")}").RunAsync();

        Assert.False(File.Exists(_host.File("planted")));
    }

    public void Dispose()
    {
        engine.Docker.RemoveAsync(Name).GetAwaiter().GetResult();
        _host.Dispose();
    }

    private async Task PrepareAsync(string script, bool running)
    {
        await File.WriteAllTextAsync(_host.File("secret"), "secret");
        await File.WriteAllTextAsync(_host.File("in"), "content");
        var command = running ? $"{script}; touch /ready; sleep 1000" : $"{script}; touch /ready";
        await engine.Docker.OutputAsync("run", running ? "-d" : "-a=stdout", "--name", Name, "busybox", "sh", "-c", command);
        if (running) await engine.Docker.Shell($"until docker exec {Name} test -e /ready; do :; done").OutputAsync();
    }

    private Task<string> ReadSecretAsync() => File.ReadAllTextAsync(_host.File("secret"), TestContext.Current.CancellationToken);

    private Task<string> ReadAsync(string path) => engine.Docker.Shell($"docker cp {Name}:{path} - | tar -xO").OutputAsync();
}
