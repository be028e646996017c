using System.Text.RegularExpressions;

namespace Boreal.Daemon.Endpoints.Containers.Listing;

/// <summary>Values of a filter that are regular expressions; what is none matches only itself.</summary>
internal sealed class PatternSet(IReadOnlyList<string> values)
{
    // Linear time whatever the pattern is: it comes from a client.
    private readonly Regex?[] _patterns = [.. values.Select(Compile)];

    public bool IsEmpty => values.Count == 0;

    public bool Matches(string text)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] == text || (_patterns[i]?.IsMatch(text) ?? false))
                return true;
        }
        return false;
    }

    private static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
