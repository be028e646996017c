using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Boreal.Compose.Yaml;

/// <summary>What an unquoted scalar stands for, as compose's YAML reader sees it: YAML 1.2 with the octal numbers of 1.1.</summary>
internal static partial class ScalarRules
{
    public static (string Value, ScalarKind Kind) Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return ("", ScalarKind.Null);
            case "true" or "True" or "TRUE": return ("true", ScalarKind.Boolean);
            case "false" or "False" or "FALSE": return ("false", ScalarKind.Boolean);
        }

        if (!LooksLikeNumber(text[0])) return (text, ScalarKind.Text);
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (Integer(plain) is { } integer) return (integer, ScalarKind.Integer);
        if (SpecialFloat(plain) is { } special) return (special, ScalarKind.Float);
        return Float().IsMatch(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (GoFloat.Format(number), ScalarKind.Float)
            : (text, ScalarKind.Text);
    }

    /// <summary>Whether a string can be written without quotes and be read as the same string, also by YAML 1.1.</summary>
    public static bool IsPlainText(string text) =>
        text.Length > 0 && Resolve(text).Kind is ScalarKind.Text && !OldBoolean().IsMatch(text) && !Base60().IsMatch(text) && !Timestamp().IsMatch(text);

    private static bool LooksLikeNumber(char first) => char.IsAsciiDigit(first) || first is '+' or '-' or '.';

    private static string? Integer(string text)
    {
        var negative = text.StartsWith('-');
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        if (digits.Length is 0 || !char.IsAsciiDigit(digits[0])) return null;
        var value = digits switch
        {
            ['0', 'x' or 'X', .. var hex] => Parse(hex, 16),
            ['0', 'b' or 'B', .. var binary] => Parse(binary, 2),
            ['0', 'o' or 'O', .. var octal] => Parse(octal, 8),
            ['0', _, ..] => Parse(digits, 8),
            _ => Parse(digits, 10),
        };
        if (value is null || value > ulong.MaxValue || negative && value > (BigInteger)long.MaxValue + 1) return null;
        return (negative ? -value.Value : value.Value).ToString(CultureInfo.InvariantCulture);
    }

    private static BigInteger? Parse(string digits, int radix)
    {
        if (digits.Length is 0 or > 64) return null;
        var value = BigInteger.Zero;
        foreach (var letter in digits)
        {
            var digit = char.IsAsciiHexDigit(letter) ? Convert.ToInt32(letter.ToString(), 16) : radix;
            if (digit >= radix) return null;
            value = value * radix + digit;
        }

        return value;
    }

    private static string? SpecialFloat(string text) => text switch
    {
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => "+Inf",
        "-.inf" or "-.Inf" or "-.INF" => "-Inf",
        ".nan" or ".NaN" or ".NAN" => "NaN",
        _ => null,
    };

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"\A(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)\z")]
    private static partial Regex OldBoolean();

    [GeneratedRegex(@"\A[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\z")]
    private static partial Regex Base60();

    [GeneratedRegex(@"\A\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|\s+)\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?\s*(?:Z|[-+]\d\d?(?::?\d\d)?)?)?\z")]
    private static partial Regex Timestamp();
}
