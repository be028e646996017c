using System.Globalization;
using System.Text.RegularExpressions;
using Boreal.Build.Dockerfile.Expansion;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>Finds <c>&lt;&lt;NAME</c> in an instruction.</summary>
internal static partial class HeredocReader
{
    private static readonly Expander Plain = new('\\', ExpansionRules.KeepUnset);
    private static readonly Expander Quoted = new('\\', ExpansionRules.KeepUnset | ExpansionRules.KeepQuotes);
    private static readonly Expander Raw = new('\\', ExpansionRules.KeepUnset | ExpansionRules.KeepQuotes | ExpansionRules.KeepEscapes);

    public static IReadOnlyList<Heredoc> FindAll(string line) =>
        [.. Raw.Expand(line, Variables.Empty).Words.Select(Find).OfType<Heredoc>()];

    /// <summary>The heredoc that <paramref name="word"/> announces, without content; null when it is none.</summary>
    /// <exception cref="FormatException">The word announces one whose name can't be read.</exception>
    public static Heredoc? Find(string word)
    {
        var match = Announcement().Match(word);
        var name = match.Groups["name"].Value;
        if (!match.Success || name.Length == 0) return null;

        var plain = Plain.Expand(name, Variables.Empty);
        if (plain.Error is not null) throw new FormatException(plain.Error);
        if (plain.Words.Count != 1) return null;
        var quoted = Quoted.Expand(name, Variables.Empty);
        return new Heredoc
        {
            Name = plain.Words[0],
            FileDescriptor = int.TryParse(match.Groups["fd"].Value, CultureInfo.InvariantCulture, out var descriptor) ? descriptor : 0,
            Expands = CountQuotes(plain.Words[0]) == CountQuotes(string.Concat(quoted.Words)),
            StripsTabs = match.Groups["chomp"].Length > 0,
        };
    }

    /// <summary>As <see cref="Find"/>, of a word whose heredoc was read before.</summary>
    public static Heredoc? FindValid(string word)
    {
        try
        {
            return Find(word);
        }
        catch (FormatException)
        {
            // A word that only looks like a heredoc is an ordinary word.
            return null;
        }
    }

    private static int CountQuotes(string text) => text.Count(letter => letter is '\'' or '"');

    [GeneratedRegex(@"\A(?<fd>[0-9]*)<<(?<chomp>-?)(?>[\t\n\f\r ]*)(?<name>(?>[^<]*))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Announcement();
}
