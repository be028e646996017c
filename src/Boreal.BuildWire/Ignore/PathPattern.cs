namespace Boreal.BuildWire.Ignore;

/// <summary>One pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders, <c>[a-z]</c>, <c>\</c> escapes.</summary>
internal sealed class PathPattern
{
    private const int LongestPattern = 4096;
    private readonly PatternShape _shape;
    private readonly IReadOnlyList<PatternToken> _tokens;

    private PathPattern(string text, bool isNegated, PatternShape shape, IReadOnlyList<PatternToken> tokens)
    {
        Text = text;
        IsNegated = isNegated;
        _shape = shape;
        _tokens = tokens;
    }

    public string Text { get; }

    public bool IsNegated { get; }

    /// <exception cref="FormatException">The pattern can't be understood.</exception>
    public static PathPattern Parse(string text, bool isNegated)
    {
        if (text.Length > LongestPattern) throw new FormatException($"pattern longer than {LongestPattern} characters");
        var (shape, tokens) = PatternReader.Read(text);
        return new PathPattern(text, isNegated, shape, tokens);
    }

    public bool Matches(ReadOnlySpan<char> path) => _shape switch
    {
        PatternShape.Exact => path.SequenceEqual(Text),
        PatternShape.Prefix => path.StartsWith(Text.AsSpan(0, Text.Length - 2)),
        PatternShape.Suffix => path.EndsWith(Text.AsSpan(2)) || (Text.AsSpan(2).StartsWith("/") && path.SequenceEqual(Text.AsSpan(3))),
        _ => MatchesTokens(path),
    };

    // All ways through the pattern at once, letter by letter: no pattern takes longer than its length times the path's.
    private bool MatchesTokens(ReadOnlySpan<char> path)
    {
        Span<bool> alive = stackalloc bool[_tokens.Count + 1];
        Span<bool> next = stackalloc bool[_tokens.Count + 1];
        alive[0] = true;
        Spread(alive);
        foreach (var letter in path)
        {
            next.Clear();
            for (var i = 0; i < _tokens.Count; i++)
            {
                if (alive[i]) _tokens[i].Step(letter, i, next);
            }
            Spread(next);
            var done = alive;
            alive = next;
            next = done;
        }
        return alive[^1];
    }

    private void Spread(Span<bool> states)
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (!states[i]) continue;
            if (_tokens[i].IsSkippable) states[i + 1] = true;
            else if (_tokens[i] is PatternToken.Folders) states[i + 2] = true;
        }
    }
}
