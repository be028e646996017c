using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.EndToEnd.Script;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Compose;

/// <summary>
/// Projects driven by the stock compose plugin. Each folder in Projects holds a compose file and <c>script.txt</c>, recorded from
/// real Docker.
/// </summary>
public sealed class ComposeTests(EngineUnderTest engine)
{
    private const string Script = "script.txt";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EndToEnd", "Compose");

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateDirectories(Path.Combine(Folder, "Projects")).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Project_Driven_GivesWhatDockerGave(string project)
    {
        var source = Path.Combine(Folder, "Projects", project);
        var differences = Differences.Read(Path.Combine(Folder, "differences.txt"));
        // Where an engine in a root directory of its own can bind files from, too.
        using var directory = new TemporaryDirectory("/dev/shm");
        foreach (var file in Directory.EnumerateFiles(source).Where(file => Path.GetFileName(file) != Script))
            File.Copy(file, directory.File(Path.GetFileName(file)));

        try
        {
            await new ScriptReplay(engine.Docker, directory.Path) { SortsErrors = true }
                .RunAsync(Path.Combine(source, Script), step => differences.Expected(project, step));
        }
        finally
        {
            await engine.Docker.RunAsync("compose", "--project-name", project, "down", "--volumes", "--remove-orphans", "--timeout", "0");
        }
    }

    [Fact]
    public void Projects_Together_AreAtLeast15() => Assert.True(Projects.Count >= 15);
}
