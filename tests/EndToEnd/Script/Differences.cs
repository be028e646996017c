namespace Boreal.Tests.EndToEnd.Script;

/// <summary>
/// Where Boreal rightly gives something else than what was recorded: <c>@</c> the script, then steps as in a script.
/// Each has its reason in the comment before it.
/// </summary>
internal sealed class Differences
{
    private readonly Dictionary<(string Script, string CommandLine), ScriptStep> _steps = [];

    private Differences()
    {
    }

    public static Differences Read(string path)
    {
        var differences = new Differences();
        var script = "";
        var block = new List<string>();
        foreach (var line in File.ReadLines(path).Append("@ "))
        {
            if (!line.StartsWith("@ ", StringComparison.Ordinal))
            {
                block.Add(line);
                continue;
            }
            foreach (var step in ScriptFile.Parse(block, path)) differences.Add(script, step);
            block.Clear();
            script = line[2..];
        }
        return differences;
    }

    public ScriptStep Expected(string script, ScriptStep recorded) => _steps.GetValueOrDefault((script, recorded.CommandLine), recorded);

    private void Add(string script, ScriptStep step)
    {
        if (!step.Before.Any(line => line.StartsWith('#'))) throw new FormatException($"differences.txt: no reason before '{step.CommandLine}'");
        _steps.Add((script, step.CommandLine), step);
    }
}
