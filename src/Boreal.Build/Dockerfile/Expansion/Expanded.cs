namespace Boreal.Build.Dockerfile.Expansion;

/// <summary>What came of a word: its text, or why there is none, and which variables were asked for on the way.</summary>
internal sealed record Expanded
{
    public string Text { get; init; } = "";

    /// <summary>The text split at unquoted blanks.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public IReadOnlyList<string> Matched { get; init; } = [];

    public IReadOnlyList<string> Unmatched { get; init; } = [];

    public string? Error { get; init; }
}
