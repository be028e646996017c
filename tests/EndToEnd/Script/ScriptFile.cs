namespace Boreal.Tests.EndToEnd.Script;

/// <summary>
/// A recorded script: <c>$</c> a command line, <c>-</c> a command line whose output does not matter,
/// <c>&gt;</c> a line of standard output, <c>!</c> of standard error, <c>=</c> the exit code when it is not 0, <c>#</c> a comment.
/// </summary>
internal static class ScriptFile
{
    public static IReadOnlyList<ScriptStep> Read(string path) => Parse(File.ReadLines(path), path);

    public static IReadOnlyList<ScriptStep> Parse(IEnumerable<string> lines, string path)
    {
        var steps = new List<ScriptStep>();
        var before = new List<string>();
        foreach (var line in lines)
        {
            if (line.Length == 0 || line[0] == '#') before.Add(line);
            else if (line[0] is '$' or '-')
            {
                steps.Add(new ScriptStep(line[2..], line[0] == '-') { Before = [.. before] });
                before.Clear();
            }
            else steps[^1] = WithLine(steps[^1], line[0], line.Length > 2 ? line[2..] : "", path);
        }
        return steps;
    }

    public static void Write(string path, IEnumerable<ScriptStep> steps) =>
        File.WriteAllLines(path, steps.SelectMany(step => step.Lines()));

    private static ScriptStep WithLine(ScriptStep step, char kind, string text, string path) => kind switch
    {
        '>' => step with { Stdout = [.. step.Stdout, text] },
        '!' => step with { Stderr = [.. step.Stderr, text] },
        '=' => step with { ExitCode = int.Parse(text) },
        _ => throw new FormatException($"{path}: a line begins with '{kind}'"),
    };
}
