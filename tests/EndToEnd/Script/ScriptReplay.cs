using Boreal.Tests.TestKit.Engines;

namespace Boreal.Tests.EndToEnd.Script;

/// <summary>Runs a recorded script in a directory and holds what it gave against the record, or writes the record anew (BOREAL_RECORD=1).</summary>
internal sealed class ScriptReplay(DockerCli docker, string directory)
{
    private static readonly TimeSpan StepTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Sorts what goes to standard error: progress of things that happen side by side has no order.</summary>
    public bool SortsErrors { get; init; }

    /// <summary>Lines of standard error that don't count.</summary>
    public Func<string, bool> Ignores { get; init; } = static _ => false;

    /// <summary>What the command lines find in their environment.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What a line of output is taken for.</summary>
    public Func<string, string> Reading { get; init; } = static line => line;

    /// <param name="path">The script.</param>
    /// <param name="expected">What a recorded step must give here.</param>
    public async Task RunAsync(string path, Func<ScriptStep, ScriptStep> expected)
    {
        var recorded = ScriptFile.Read(path);
        var actual = new List<ScriptStep>();
        foreach (var step in recorded) actual.Add(await RunAsync(step));

        if (Environment.GetEnvironmentVariable("BOREAL_RECORD") is { Length: > 0 })
        {
            ScriptFile.Write(path, actual);
            return;
        }
        var wrong = recorded.Select(expected).Zip(actual).Where(pair => !pair.First.Agrees(pair.Second)).ToList();
        if (wrong.Count > 0) Assert.Fail(string.Join("\n", wrong.Select(pair => Explain(pair.First, pair.Second))));
    }

    private async Task<ScriptStep> RunAsync(ScriptStep step)
    {
        var command = Variables.Aggregate(docker.Shell(step.CommandLine), (line, variable) => line.WithVariable(variable.Key, variable.Value));
        var result = await (command with { WorkingDirectory = directory }).Within(StepTimeout).RunAsync();
        if (step.Quiet)
        {
            result.Succeeded(step.CommandLine);
            return step;
        }
        IReadOnlyList<string> errors = [.. Lines(result.Stderr).Where(line => !Ignores(line))];
        return step with
        {
            Stdout = Lines(result.Stdout),
            Stderr = SortsErrors ? [.. errors.Order(StringComparer.Ordinal)] : errors,
            ExitCode = result.ExitCode,
        };
    }

    private IReadOnlyList<string> Lines(string output) => [.. Normaliser.Lines(output, directory).Select(Reading)];

    private static string Explain(ScriptStep expected, ScriptStep actual) =>
        string.Join('\n', [$"$ {expected.CommandLine}", "expected:", .. expected.Outcome().Select(Indent), "got:", .. actual.Outcome().Select(Indent), ""]);

    private static string Indent(string line) => "    " + line;
}
