using System.Text.RegularExpressions;
using Boreal.Tests.TestKit;

namespace Boreal.Tests.Unit.Compose;

/// <summary>Wrong compose files: each gets an error with file, line, column, key and a way out.</summary>
public sealed partial class BadFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Unit/Compose/Bad");

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.cases").Order(StringComparer.Ordinal))
        {
            foreach (var project in ProjectCase.Read(file)) data.Add(Path.GetFileName(file), project.Name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Config_OfAWrongFile_SaysWhereAndWhatToDo(string file, string name)
    {
        var project = ProjectCase.Read(Path.Combine(Folder, file)).Single(candidate => candidate.Name == name);
        var (words, expected) = project.Commands.Single();
        Assert.Equal(expected, await ConfigRun.RunAsync(project, words));
        Assert.Matches(PlaceAndRemedy(), expected);
    }

    [Fact]
    public void Cases_OfWrongFiles_AreAtLeast100() => Assert.True(Cases().Count >= 100, $"{Cases().Count} cases");

    [GeneratedRegex(@"^! [^:\n]+:\d+:\d+: .+(?:: |did you mean|must be|can't be)")]
    private static partial Regex PlaceAndRemedy();
}
