using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>A Dockerfile as its instructions.</summary>
internal sealed record SyntaxTree
{
    public required IReadOnlyList<Statement> Statements { get; init; }

    /// <summary>The sign that escapes letters and continues lines.</summary>
    public required char Escape { get; init; }

    /// <summary>Instructions with an empty line inside, by their last lines.</summary>
    public IReadOnlyList<LineRange> EmptyContinuations { get; init; } = [];
}
