using System.Text;

namespace Boreal.Compose.Yaml;

/// <summary>Which ways of writing a text keep it whole.</summary>
internal readonly record struct TextAnalysis(bool Plain, bool SingleQuoted, bool Block)
{
    public static TextAnalysis Of(string text)
    {
        if (text.Length is 0) return new TextAnalysis(true, true, false);
        var runes = text.EnumerateRunes().ToArray();
        var indicators = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
        bool breaks = false, special = false, breakSpace = false, spaceBreak = false;
        for (var at = 0; at < runes.Length; at++)
        {
            var value = runes[at].Value;
            var afterSpace = at is 0 || IsBlank(runes[at - 1]);
            var beforeSpace = at + 1 >= runes.Length || IsBlank(runes[at + 1]);
            indicators |= at is 0 ? IsFirstIndicator(value, beforeSpace) : value is ':' && beforeSpace || value is '#' && afterSpace;
            if (value is '\t' || !IsPrintable(value)) special = true;
            if (IsBreak(value))
            {
                breaks = true;
                spaceBreak |= at > 0 && runes[at - 1].Value is ' ';
            }
            else if (value is ' ') breakSpace |= at > 0 && IsBreak(runes[at - 1].Value);
        }

        var (first, last) = (runes[0].Value, runes[^1].Value);
        var edges = first is ' ' || IsBreak(first) || last is ' ' || IsBreak(last);
        var unsafeText = special || spaceBreak;
        var tabsOnly = special && runes.All(rune => rune.Value is '\t' || IsPrintable(rune.Value));
        return new TextAnalysis(
            Plain: !edges && !breakSpace && !unsafeText && !breaks && !indicators,
            SingleQuoted: !breakSpace && !unsafeText,
            Block: last is not ' ' && !spaceBreak && (!special || tabsOnly));
    }

    private static bool IsFirstIndicator(int value, bool beforeSpace) => value switch
    {
        '#' or ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => true,
        '?' or ':' or '-' => beforeSpace,
        _ => false,
    };

    private static bool IsBlank(Rune rune) => rune.Value is ' ' or '\t' || IsBreak(rune.Value);

    private static bool IsBreak(int value) => value is '\r' or '\n' or 0x85 or 0x2028 or 0x2029;

    // Stock compose escapes what lies beyond the basic plane.
    private static bool IsPrintable(int value) =>
        value is '\n' or (>= 0x20 and <= 0x7e) or 0x85 or (>= 0xa0 and <= 0xd7ff) or (>= 0xe000 and <= 0xfffd and not 0xfeff);
}
