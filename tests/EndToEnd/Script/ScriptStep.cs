namespace Boreal.Tests.EndToEnd.Script;

/// <summary>One command line of a script and what it must give. A quiet step only has to succeed.</summary>
internal sealed record ScriptStep(string CommandLine, bool Quiet)
{
    public IReadOnlyList<string> Stdout { get; init; } = [];

    public IReadOnlyList<string> Stderr { get; init; } = [];

    public int ExitCode { get; init; }

    /// <summary>Comments and blank lines that stand before the step in its file.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    public bool Agrees(ScriptStep other) =>
        ExitCode == other.ExitCode && Stdout.SequenceEqual(other.Stdout) && Stderr.SequenceEqual(other.Stderr);

    public IEnumerable<string> Lines() =>
        Before
            .Append((Quiet ? "- " : "$ ") + CommandLine)
            .Concat(Quiet ? [] : Outcome());

    public IEnumerable<string> Outcome() =>
        Stdout.Select(line => "> " + line)
            .Concat(Stderr.Select(line => "! " + line))
            .Concat(ExitCode == 0 ? [] : [$"= {ExitCode}"]);
}
