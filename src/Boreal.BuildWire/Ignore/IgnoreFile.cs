using Boreal.BuildWire.Paths;

namespace Boreal.BuildWire.Ignore;

/// <summary>Reads a <c>.dockerignore</c>: one pattern a line, comments begin with <c>#</c>.</summary>
public static class IgnoreFile
{
    private const int MostPatterns = 10_000;

    /// <summary>The patterns, cleaned as paths; those that bring files back keep their <c>!</c>.</summary>
    /// <exception cref="FormatException">The file has too many patterns.</exception>
    public static IReadOnlyList<string> Read(string text)
    {
        var patterns = new List<string>();
        foreach (var raw in text.TrimStart('\ufeff').Split('\n'))
        {
            var line = raw.Trim();
            if (raw.StartsWith('#') || line.Length == 0) continue;
            var isNegated = line[0] == '!';
            var pattern = isNegated ? line[1..].Trim() : line;
            if (pattern.Length > 0) pattern = SlashPath.Clean(pattern);
            if (pattern.Length > 1 && pattern[0] == '/') pattern = pattern[1..];
            patterns.Add(isNegated ? "!" + pattern : pattern);
            if (patterns.Count > MostPatterns) throw new FormatException($"more than {MostPatterns} patterns");
        }
        return patterns;
    }
}
