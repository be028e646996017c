using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Script;

/// <summary>
/// What stock docker commands print, recorded from real Docker and replayed here. With BOREAL_RECORD=1 the scripts are
/// written instead: see <c>./boreal.sh record</c>.
/// </summary>
public sealed class ScriptTests(EngineUnderTest engine)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EndToEnd", "Script");

    public static TheoryData<string> Scripts =>
        [.. Directory.EnumerateFiles(Folder, "*.txt").Select(Path.GetFileName).OfType<string>().Where(name => name != "differences.txt").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Script_Replayed_GivesWhatDockerGave(string script)
    {
        var differences = Differences.Read(Path.Combine(Folder, "differences.txt"));
        // An engine in a root directory of its own, as the recorded one, still sees the machine's /dev.
        using var directory = new TemporaryDirectory("/dev/shm");
        await new ScriptReplay(engine.Docker, directory.Path).RunAsync(Path.Combine(Folder, script), step => differences.Expected(script, step));
    }

    [Fact]
    public void Scripts_Together_HoldAtLeast120Invocations() =>
        Assert.True(Scripts.Sum(script => ScriptFile.Read(Path.Combine(Folder, script)).Count(step => !step.Quiet)) >= 120);
}
