using System.Globalization;
using System.Text;

namespace Boreal.Cli.Templates;

/// <summary>Go's string quoting, both ways.</summary>
internal static class Escapes
{
    /// <summary>The text between the quotes, with its escapes resolved; null when one is malformed.</summary>
    public static string? Unquote(ReadOnlySpan<char> quoted)
    {
        var result = new StringBuilder(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] is not '\\')
            {
                result.Append(quoted[i]);
                continue;
            }

            if (++i >= quoted.Length) return null;
            if (Simple(quoted[i]) is { } simple) result.Append(simple);
            else if (!TryNumber(quoted, ref i, result)) return null;
        }

        return result.ToString();
    }

    /// <summary>As Go's strconv.Quote.</summary>
    public static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\a' => result.Append("\\a"),
                '\b' => result.Append("\\b"),
                '\f' => result.Append("\\f"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                '\v' => result.Append("\\v"),
                < 0x20 or 0x7f => result.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                _ when IsPrintable(rune) => result.Append(rune.ToString()),
                <= 0xffff => result.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => result.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
            };
        }

        return result.Append('"').ToString();
    }

    private static bool IsPrintable(Rune rune) =>
        rune.Value is ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static char? Simple(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'v' => '\v',
        '\\' => '\\',
        '"' => '"',
        '\'' => '\'',
        _ => null,
    };

    private static bool TryNumber(ReadOnlySpan<char> quoted, ref int at, StringBuilder result)
    {
        var digits = quoted[at] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits is 0 || at + digits >= quoted.Length) return false;
        if (!int.TryParse(quoted.Slice(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return false;
        if (!Rune.IsValid(value)) return false;
        result.Append(new Rune(value).ToString());
        at += digits;
        return true;
    }
}
