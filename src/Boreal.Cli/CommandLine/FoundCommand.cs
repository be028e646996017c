namespace Boreal.Cli.CommandLine;

/// <summary>What the first words of a command line mean.</summary>
/// <param name="Entry">The command, or the group that was named without one.</param>
/// <param name="Path">The words that lead to it: <c>boreal container rm</c>.</param>
/// <param name="Left">The words that are its own.</param>
internal sealed record FoundCommand(CommandEntry Entry, string Path, IReadOnlyList<string> Left)
{
    /// <summary>The words between the group's name and the verb.</summary>
    public IReadOnlyList<string> GroupWords { get; init; } = [];
}
