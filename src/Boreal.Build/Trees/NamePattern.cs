namespace Boreal.Build.Trees;

/// <summary>Go's <c>path.Match</c> on a single name.</summary>
internal static class NamePattern
{
    /// <exception cref="FormatException">The pattern is malformed.</exception>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        // Where to go on when what follows the last star does not fit: one character later.
        var (star, retry) = (-1, 0);
        var (p, n) = (0, 0);
        while (n < name.Length || p < pattern.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, n + 1);
                continue;
            }

            var next = p;
            if (p < pattern.Length && n < name.Length && MatchesOne(pattern, ref next, name[n]))
            {
                (p, n) = (next, n + 1);
                continue;
            }

            if (star < 0 || retry > name.Length)
                return false;
            (p, n) = (star + 1, retry++);
        }

        return true;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, ref int at, char letter)
    {
        switch (pattern[at])
        {
            case '?':
                at++;
                return true;
            case '[':
                return MatchesClass(pattern, ref at, letter);
            case '\\':
                at++;
                return Literal(pattern, ref at) == letter;
            default:
                return pattern[at++] == letter;
        }
    }

    private static bool MatchesClass(ReadOnlySpan<char> pattern, ref int at, char letter)
    {
        at++;
        var isNegated = at < pattern.Length && pattern[at] == '^';
        if (isNegated)
            at++;
        var matches = false;
        var isFirst = true;
        while (isFirst || at >= pattern.Length || pattern[at] != ']')
        {
            isFirst = false;
            var low = Bound(pattern, ref at);
            var high = low;
            if (at < pattern.Length && pattern[at] == '-')
            {
                at++;
                high = Bound(pattern, ref at);
            }

            matches |= low <= letter && letter <= high;
        }

        at++;
        return matches != isNegated;
    }

    private static char Bound(ReadOnlySpan<char> pattern, ref int at)
    {
        if (at >= pattern.Length || pattern[at] is '-' or ']')
            throw new FormatException("syntax error in pattern");
        if (pattern[at] == '\\')
            at++;
        return Literal(pattern, ref at);
    }

    private static char Literal(ReadOnlySpan<char> pattern, ref int at) =>
        at < pattern.Length ? pattern[at++] : throw new FormatException("syntax error in pattern");
}
