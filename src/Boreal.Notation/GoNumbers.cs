using System.Globalization;

namespace Boreal.Notation;

/// <summary>Booleans and integers as docker's command line reads them, with its words for what is wrong.</summary>
public static class GoNumbers
{
    public static bool TryParseBoolean(string text, out bool value)
    {
        value = text is "1" or "t" or "T" or "true" or "TRUE" or "True";
        return value || text is "0" or "f" or "F" or "false" or "FALSE" or "False";
    }

    public static bool ParseBoolean(string text) => TryParseBoolean(text, out var value) ? value : throw Syntax("ParseBool", text);

    public static long ParseInteger(string text) => Parse("ParseInt", text, long.MinValue, long.MaxValue);

    public static long ParseUnsigned(string text, long most) => Parse("ParseUint", text, 0, most);

    public static FormatException Syntax(string function, string text) => new($"strconv.{function}: parsing {GoText.Quote(text)}: invalid syntax");

    private static long Parse(string function, string text, long least, long most)
    {
        var digits = text.TrimStart('+', '-');
        var hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (text.Length - digits.Length > 1 || digits.Length is 0 || least is 0 && digits.Length != text.Length) throw Syntax(function, text);
        if (!Int128.TryParse(hex ? digits[2..] : digits, style, CultureInfo.InvariantCulture, out var number)) throw Syntax(function, text);
        if (text[0] is '-') number = -number;
        return number >= least && number <= most
            ? (long)number
            : throw new FormatException($"strconv.{function}: parsing {GoText.Quote(text)}: value out of range");
    }
}
