using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Script;

/// <summary>Recorded scripts with <c>boreal</c> in docker's place: it prints the same, but for its name.</summary>
public sealed class CliScriptTests(EngineUnderTest engine)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EndToEnd", "Script");

    [Theory]
    [InlineData("listing.txt")]
    [InlineData("networks.txt")]
    [InlineData("ports.txt")]
    public async Task Script_WithBoreal_GivesWhatDockerGave(string script)
    {
        using var programs = new TemporaryDirectory();
        File.CreateSymbolicLink(programs.File("docker"), Repository.Binary("boreal"));
        var differences = Differences.Read(Path.Combine(Folder, "differences.txt"));
        using var directory = new TemporaryDirectory("/dev/shm");

        await new ScriptReplay(new DockerCli(engine.Docker.Host, programs.Path, programs.File("docker")), directory.Path)
        {
            Reading = static line => line.Replace("boreal: ", "docker: ", StringComparison.Ordinal).Replace("'boreal ", "'docker ", StringComparison.Ordinal),
        }.RunAsync(Path.Combine(Folder, script), step => WithoutEcho(differences.Expected(script, step)));
    }

    // Some verbs of docker's print their own exit code as an error.
    private static ScriptStep WithoutEcho(ScriptStep step) => step with { Stderr = [.. step.Stderr.Where(line => line != "exit status 1")] };
}
