using Boreal.Tests.TestKit;

namespace Boreal.Tests.Unit.Compose;

/// <summary>Holds <c>boreal compose config</c> against what stock compose printed; <c>eng/compose-goldens.py</c> records it.</summary>
public sealed class ConfigGoldenTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Unit/Compose/Golden");

    /// <summary>Lists that stock compose prints in any order.</summary>
    private static readonly string[] Unordered = ["--services", "--volumes", "--images"];

    public static TheoryData<string, string, string> Commands()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.cases").Order(StringComparer.Ordinal))
        {
            foreach (var project in ProjectCase.Read(file))
            {
                foreach (var (words, _) in project.Commands) data.Add(Path.GetFileName(file), project.Name, words);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Config_OfAFile_EqualsStockCompose(string file, string name, string words)
    {
        var project = ProjectCase.Read(Path.Combine(Folder, file)).Single(candidate => candidate.Name == name);
        var expected = Lines(words, project.Commands.First(command => command.Words == words).Output);
        var actual = Lines(words, await ConfigRun.RunAsync(project, words));
        // Hashes of services that name the folder were not recorded.
        if (words.Contains("--hash", StringComparison.Ordinal)) actual = [.. actual.Where(line => expected.Any(other => other.Split(' ')[0] == line.Split(' ')[0]))];
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Cases_Recorded_AreMoreThan120() => Assert.True(Directory.EnumerateFiles(Folder, "*.cases").Sum(file => ProjectCase.Read(file).Count) >= 120);

    private static string[] Lines(string words, string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        return Unordered.Any(option => words.Contains(option, StringComparison.Ordinal)) ? [.. lines.Order(StringComparer.Ordinal)] : lines;
    }
}
