using Boreal.BuildWire.Paths;

namespace Boreal.BuildWire.Ignore;

/// <summary>
/// The patterns of an ignore file, or of <c>--exclude</c>: the last one that matches a path, or a folder above it, decides.
/// Immutable; any number of threads may ask.
/// </summary>
public sealed class PatternMatcher
{
    private readonly IReadOnlyList<PathPattern> _patterns;

    private PatternMatcher(IReadOnlyList<PathPattern> patterns) => _patterns = patterns;

    /// <summary>Whether a pattern brings files back, so that a folder that matches may hold files that don't.</summary>
    public bool HasNegations => _patterns.Any(pattern => pattern.IsNegated);

    internal IReadOnlyList<PathPattern> Patterns => _patterns;

    /// <exception cref="FormatException">A pattern can't be understood; the message is Docker's.</exception>
    public static PatternMatcher Parse(IEnumerable<string> patterns)
    {
        var parsed = new List<PathPattern>();
        foreach (var raw in patterns.Select(pattern => pattern.Trim()).Where(pattern => pattern.Length > 0))
        {
            var pattern = SlashPath.Clean(raw);
            if (pattern == "!") throw new FormatException("illegal exclusion pattern: \"!\"");
            var isNegated = pattern[0] == '!';
            parsed.Add(PathPattern.Parse(isNegated ? pattern[1..] : pattern, isNegated));
        }
        return new PatternMatcher(parsed);
    }

    /// <param name="path">Relative, with slashes, cleaned.</param>
    public bool Matches(string path)
    {
        var matched = false;
        foreach (var pattern in _patterns)
        {
            if (pattern.IsNegated == matched && MatchesOrAbove(pattern, path)) matched = !pattern.IsNegated;
        }
        return matched;
    }

    /// <summary>As <see cref="Matches"/> for an entry whose folder was asked before: what matched above need not be tried again.</summary>
    public PathMatch Match(string path, PathMatch above)
    {
        var hits = new bool[_patterns.Count];
        var matched = false;
        for (var i = 0; i < hits.Length; i++)
        {
            var pattern = _patterns[i];
            hits[i] = above.Hit(i);
            if (!hits[i])
            {
                if (pattern.IsNegated != matched) continue;
                hits[i] = above.IsStart ? MatchesOrAbove(pattern, path) : pattern.Matches(path);
            }
            if (hits[i]) matched = !pattern.IsNegated;
        }
        return new PathMatch(matched, hits);
    }

    private static bool MatchesOrAbove(PathPattern pattern, string path)
    {
        if (pattern.Matches(path)) return true;
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (pattern.Matches(path.AsSpan(0, slash))) return true;
        }
        return false;
    }
}
