using System.Text.RegularExpressions;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.EndToEnd.Script;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>What docker prints when images travel, recorded from real Docker and Debian's docker-registry and replayed here, also with <c>boreal</c>.</summary>
public sealed partial class RegistryScriptTests(EngineUnderTest engine)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EndToEnd", "Registries", "Scripts");

    public static TheoryData<string> Scripts =>
        [.. Directory.EnumerateFiles(Folder, "*.txt").Select(Path.GetFileName).OfType<string>().Where(name => name != "differences.txt").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task Script_Replayed_GivesWhatDockerGave(string script) => ReplayAsync(script, engine.Docker, static line => line);

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Script_WithBoreal_GivesWhatDockerGave(string script)
    {
        if (EngineUnderTest.IsReference) return;
        using var programs = new TemporaryDirectory();
        File.CreateSymbolicLink(programs.File("docker"), Repository.Binary("boreal"));
        await ReplayAsync(script, new DockerCli(engine.Docker.Host, programs.Path, programs.File("docker")), static line => line
            .Replace("boreal: ", "docker: ", StringComparison.Ordinal).Replace("'boreal ", "'docker ", StringComparison.Ordinal)
            .Replace("Usage:  boreal ", "Usage:  docker ", StringComparison.Ordinal));
    }

    private static async Task ReplayAsync(string script, DockerCli docker, Func<string, string> reading)
    {
        await using var open = await DebianRegistry.StartAsync();
        await using var secured = await DebianRegistry.StartAsync(new RegistryOptions { HasAccount = true });
        using var directory = new TemporaryDirectory("/dev/shm");
        var differences = Differences.Read(Path.Combine(Folder, "differences.txt"));
        Directory.CreateDirectory(directory.File("config"));
        await new ScriptReplay(docker, directory.Path)
        {
            Variables = new Dictionary<string, string>
            {
                ["REGISTRY"] = open.Address, ["SECURED"] = secured.Address, ["DOCKER_CONFIG"] = directory.File("config"),
            },
            Reading = line => reading(ManifestSize().Replace(line, "size: <n>")),
        }.RunAsync(Path.Combine(Folder, script), step => differences.Expected(script, step));
    }

    // It counts the digits of its layers' sizes, and no two compressors agree on those.
    [GeneratedRegex(@"\bsize: \d+$")]
    private static partial Regex ManifestSize();
}
