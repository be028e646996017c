using Boreal.Build.Dockerfile.Syntax;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>A program and its arguments, or one line for the shell.</summary>
internal sealed record CommandLine(IReadOnlyList<string> Arguments, bool ForShell)
{
    public IReadOnlyList<Heredoc> Heredocs { get; init; } = [];

    public static CommandLine From(Statement statement) =>
        new(ArgumentsOf(statement.Arguments, statement.IsJson), !statement.IsJson) { Heredocs = statement.Heredocs };

    /// <summary>The shell form is one argument however many words it was split into.</summary>
    public static IReadOnlyList<string> ArgumentsOf(IReadOnlyList<string> words, bool isJson) =>
        isJson || words.Count == 0 ? words : [string.Join(' ', words)];
}
