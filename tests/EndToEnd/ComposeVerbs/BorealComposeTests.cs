using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.EndToEnd.Script;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.ComposeVerbs;

/// <summary>
/// The projects of Compose/Projects with <c>boreal compose</c> in stock compose's place: what is asked of it is answered alike. Lines of
/// progress aren't compared: the orchestrator works in another order and by other steps.
/// </summary>
public sealed class BorealComposeTests(EngineUnderTest engine)
{
    private const string Script = "script.txt";

    private static readonly string Projects = Path.Combine(Repository.Root, "tests", "EndToEnd", "Compose", "Projects");
    private static readonly string[] Progress = [" Container ", " Network ", " Volume ", " Image ", " Service "];

    private static readonly string[] OfStockOnly =
    [
        "configs-secrets", // contents from the environment can't be mounted yet
        "lifecycle", // a service that is started again is another task; the engine's own restarts aren't used
        "ports", // replicas share a published port, also one of a range
    ];

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateDirectories(Projects).Select(Path.GetFileName).OfType<string>().Except(OfStockOnly, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Project_DrivenByBoreal_GivesWhatStockComposeGave(string project)
    {
        Assert.SkipWhen(EngineUnderTest.IsReference, "needs boreald");
        using var programs = new TemporaryDirectory();
        File.CreateSymbolicLink(programs.File("docker"), Repository.Binary("boreal"));
        var docker = new DockerCli(engine.Docker.Host, programs.Path, programs.File("docker"));
        var differences = Differences.Read(Path.Combine(Repository.Root, "tests", "EndToEnd", "ComposeVerbs", "differences.txt"));
        using var directory = new TemporaryDirectory("/dev/shm");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Projects, project)).Where(file => Path.GetFileName(file) != Script))
            File.Copy(file, directory.File(Path.GetFileName(file)));
        try
        {
            await new ScriptReplay(docker, directory.Path) { SortsErrors = true, Ignores = IsProgress, Reading = Read }
                .RunAsync(Path.Combine(Projects, project, Script), step => WithoutProgress(differences.Expected(project, step)));
        }
        finally
        {
            await docker.RunAsync("compose", "--project-name", project, "down", "--volumes", "--remove-orphans", "--timeout", "0");
        }
    }

    /// <summary>Two services are balanced side by side: which of them gets the first virtual address is chance.</summary>
    private static string Read(string line) => line is "Address: fd66:200::3" ? "Address: fd66:200::2" : line;

    private static ScriptStep WithoutProgress(ScriptStep step) => step with { Stderr = [.. step.Stderr.Where(line => !IsProgress(line))] };

    private static bool IsProgress(string line) => Progress.Any(start => line.StartsWith(start, StringComparison.Ordinal));
}
