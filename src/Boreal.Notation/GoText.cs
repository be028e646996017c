using System.Globalization;
using System.Text;

namespace Boreal.Notation;

/// <summary>Values as Go prints them: messages and image histories show them so, and clients compare them.</summary>
public static class GoText
{
    /// <summary><c>%q</c> of a string.</summary>
    public static string Quote(string text)
    {
        var output = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
            AppendEscaped(output, rune);
        return output.Append('"').ToString();
    }

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

    /// <summary><c>%q</c> of a list of strings.</summary>
    public static string Quote(IEnumerable<string> items) => $"[{string.Join(' ', items.Select(Quote))}]";

    /// <summary><c>%v</c> of a list of strings.</summary>
    public static string List(IEnumerable<string> items) => $"[{string.Join(' ', items)}]";

    private static void AppendEscaped(StringBuilder output, Rune rune)
    {
        var named = rune.Value switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            _ => null,
        };
        if (named is not null) output.Append(named);
        else if (IsPrintable(rune)) output.Append(rune.ToString());
        else if (rune.Value < 0x80) output.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
        else if (rune.Value < 0x10000) output.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        else output.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

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
