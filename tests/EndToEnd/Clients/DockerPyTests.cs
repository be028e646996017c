using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Clients;

public sealed class DockerPyTests(EngineUnderTest engine)
{
    [Theory]
    [InlineData("docker_py.py")]
    [InlineData("docker_py_build.py")]
    [InlineData("docker_py_network.py")]
    public async Task DockerPy_Script_RunsToItsEnd(string script)
    {
        var path = Path.Combine(Repository.Root, "tests", "EndToEnd", "Clients", script);

        // Debian's own interpreter: python3-docker belongs to it.
        var result = await Command.Of("/usr/bin/python3", path).WithVariable("DOCKER_HOST", engine.Docker.Host).RunAsync();

        Assert.True(result.Stdout.Trim() == "all well", result.Stdout + result.Stderr);
    }
}
