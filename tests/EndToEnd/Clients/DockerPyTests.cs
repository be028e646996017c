using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Clients;

public sealed class DockerPyTests(EngineUnderTest engine)
{
    [Fact]
    public async Task DockerPy_StartExecLogCopyRemove_Works()
    {
        var script = Path.Combine(Repository.Root, "tests", "EndToEnd", "Clients", "docker_py.py");

        // Debian's own interpreter: python3-docker belongs to it.
        var result = await Command.Of("/usr/bin/python3", script).WithVariable("DOCKER_HOST", engine.Docker.Host).RunAsync();

        Assert.True(result.Stdout.Trim() == "all well", result.Stdout + result.Stderr);
    }
}
