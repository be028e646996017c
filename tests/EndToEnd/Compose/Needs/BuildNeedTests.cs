using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Compose.Needs;

/// <summary>Building is not there yet: compose must say so, whichever way it asks, and not build what is there.</summary>
public sealed class BuildNeedTests : IDisposable
{
    private readonly EngineUnderTest _engine;
    private readonly TemporaryDirectory _directory = new("/dev/shm");

    public BuildNeedTests(EngineUnderTest engine)
    {
        Assert.SkipWhen(EngineUnderTest.IsReference, "Docker builds");
        _engine = engine;
        File.WriteAllText(_directory.File("Dockerfile"), "FROM busybox\n");
        File.WriteAllText(_directory.File("compose.yaml"), "name: need-build\nservices:\n  there:\n    build: .\n    image: busybox\n    command: echo not built\n    network_mode: none\n  missing:\n    build: .\n    image: need-build\n");
    }

    [Theory]
    [InlineData("DOCKER_BUILDKIT=0 docker compose build", "building images: not supported")]
    [InlineData("docker compose build", "not supported")]
    [InlineData("docker compose up missing", "not supported")]
    public async Task Build_WhereTheEngineCannot_FailsAndSaysSo(string command, string message)
    {
        var result = await Shell(command).RunAsync();

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(message, result.Stdout + result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_OfAnImageThatIsThere_DoesNotBuild()
    {
        var result = await Shell("docker compose up --no-color there").RunAsync();
        await Shell("docker compose down").RunAsync();

        Assert.True(result.ExitCode == 0, result.Stderr);
        Assert.Contains("not built", result.Stdout, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private Command Shell(string command) => _engine.Docker.Shell(command) with { WorkingDirectory = _directory.Path };
}
