using System.Text.RegularExpressions;
using Boreal.Build.Builds;

namespace Boreal.Build.Caching;

/// <summary>
/// Filters of records, as BuildKit's clients write them: one of several must hold, and of one every part between commas:
/// <c>name==value</c>, <c>name!=value</c>, <c>name~=expression</c>, or a name that must be said of a record.
/// </summary>
internal static class CacheFilter
{
    private const int LongestExpression = 1024;

    /// <exception cref="BuildException">A filter is malformed.</exception>
    public static bool Matches(CacheRecord record, IReadOnlyList<string> filters) =>
        filters.Count == 0 || filters.Any(filter => filter.Split(',').All(part => Holds(record, part.Trim())));

    private static bool Holds(CacheRecord record, string filter)
    {
        var at = filter.IndexOfAny(['=', '!', '~']);
        if (at < 0)
            return filter.Length == 0 || ValuesOf(record, filter).Any(own => own.Length > 0);
        var value = filter[at..].TrimStart('=', '!', '~').Trim('"');
        var values = ValuesOf(record, filter[..at]);
        return filter[at] switch
        {
            '!' => !values.Contains(value),
            '~' => values.Any(Expression(value).IsMatch),
            _ => values.Contains(value),
        };
    }

    private static Regex Expression(string text)
    {
        try
        {
            return text.Length <= LongestExpression ? new Regex(text, RegexOptions.NonBacktracking) : throw new BuildException($"the filter's expression is longer than {LongestExpression} letters");
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new BuildException($"error parsing filter expression {text}: {exception.Message}", exception);
        }
    }

    private static IReadOnlyList<string> ValuesOf(CacheRecord record, string name) => name switch
    {
        "id" => [record.Id],
        "type" => [record.Kind],
        "description" => [record.Description],
        "inuse" => Said(record.InUse),
        "mutable" => Said(record.Mutable),
        "immutable" => Said(!record.Mutable),
        "shared" => Said(record.Shared),
        "private" => Said(!record.Shared),
        "parents" or "parent" => record.Parents,
        _ => [],
    };

    private static IReadOnlyList<string> Said(bool holds) => holds ? ["true"] : [];
}
