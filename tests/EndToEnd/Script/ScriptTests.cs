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
        var path = Path.Combine(Folder, script);
        var differences = Differences.Read(Path.Combine(Folder, "differences.txt"));
        var recorded = ScriptFile.Read(path);
        var actual = new List<ScriptStep>();
        // An engine in a root directory of its own, as the recorded one, still sees the machine's /dev.
        using var directory = new TemporaryDirectory("/dev/shm");
        foreach (var step in recorded) actual.Add(await RunAsync(step, directory.Path));

        if (Environment.GetEnvironmentVariable("BOREAL_RECORD") is { Length: > 0 })
        {
            ScriptFile.Write(path, actual);
            return;
        }
        var wrong = recorded.Select(step => differences.Expected(script, step)).Zip(actual).Where(pair => !pair.First.Agrees(pair.Second)).ToList();
        if (wrong.Count > 0) Assert.Fail(string.Join("\n", wrong.Select(pair => Explain(pair.First, pair.Second))));
    }

    [Fact]
    public void Scripts_Together_HoldAtLeast120Invocations() =>
        Assert.True(Scripts.Sum(script => ScriptFile.Read(Path.Combine(Folder, script)).Count(step => !step.Quiet)) >= 120);

    private async Task<ScriptStep> RunAsync(ScriptStep step, string directory)
    {
        var result = await (engine.Docker.Shell(step.CommandLine) with { WorkingDirectory = directory }).RunAsync();
        if (step.Quiet)
        {
            result.Succeeded(step.CommandLine);
            return step;
        }
        return step with
        {
            Stdout = Normaliser.Lines(result.Stdout, directory),
            Stderr = Normaliser.Lines(result.Stderr, directory),
            ExitCode = result.ExitCode,
        };
    }

    private static string Explain(ScriptStep expected, ScriptStep actual) =>
        string.Join('\n', [$"$ {expected.CommandLine}", "expected:", .. expected.Outcome().Select(Indent), "got:", .. actual.Outcome().Select(Indent), ""]);

    private static string Indent(string line) => "    " + line;
}
