using System.Text.RegularExpressions;

namespace Boreal.Tests.Unit.Compose;

/// <summary>
/// A project of a few files, and commands with what they print. A file of cases holds <c>== NAME ==</c> in front of each case,
/// <c>-- PATH --</c> in front of each file, <c>-- $ COMMAND --</c> in front of each output.
/// </summary>
internal sealed partial record ProjectCase(string Name)
{
    public List<(string Path, string Text)> Files { get; } = [];

    public List<(string Words, string Output)> Commands { get; } = [];

    public static IReadOnlyList<ProjectCase> Read(string path)
    {
        var cases = new List<ProjectCase>();
        string? section = null;
        var lines = new List<string>();
        foreach (var line in File.ReadAllText(path).TrimEnd('\n').Split('\n').Append("== =="))
        {
            var (name, heading) = (CaseHeading().Match(line), SectionHeading().Match(line));
            if (!name.Success && !heading.Success && line is not "== ==")
            {
                lines.Add(line);
                continue;
            }

            if (section is not null) cases[^1].Add(section, string.Concat(lines.Select(text => text + "\n")));
            lines.Clear();
            section = heading.Success ? heading.Groups[1].Value : null;
            if (name.Success) cases.Add(new ProjectCase(name.Groups[1].Value));
        }

        return cases;
    }

    /// <summary>Writes the files into a new folder called <c>project</c>.</summary>
    public string Unpack()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("bc").FullName, "project");
        foreach (var (path, text) in Files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? folder);
            File.WriteAllText(file, text);
        }

        return folder;
    }

    private void Add(string section, string text)
    {
        if (section.StartsWith("$ ", StringComparison.Ordinal)) Commands.Add((section[2..], text));
        else Files.Add((section, text));
    }

    [GeneratedRegex("^== (.+) ==$")]
    private static partial Regex CaseHeading();

    [GeneratedRegex("^-- (.+) --$")]
    private static partial Regex SectionHeading();
}
