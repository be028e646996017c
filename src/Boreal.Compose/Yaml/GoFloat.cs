using System.Globalization;

namespace Boreal.Compose.Yaml;

/// <summary>Floating point numbers as Go prints them by default: shortest digits, an exponent from a million on.</summary>
internal static class GoFloat
{
    private const int FirstExponent = 6;

    /// <summary>As JSON has it: an exponent only for what is very large or small.</summary>
    public static string FormatJson(float value) =>
        Math.Abs(value) is 0 or (>= 1e-6f and < 1e21f) ? Plain(value) : Format(value);

    public static string Format(double value) => Shape(value.ToString("R", CultureInfo.InvariantCulture), value);

    public static string Format(float value) => Shape(value.ToString("R", CultureInfo.InvariantCulture), value);

    private static string Shape(string shortest, double value)
    {
        if (double.IsNaN(value)) return ".nan";
        if (double.IsInfinity(value)) return value > 0 ? ".inf" : "-.inf";
        var negative = shortest.StartsWith('-');
        var (digits, exponent) = Digits(negative ? shortest[1..] : shortest);
        var text = exponent is < -4 or >= FirstExponent ? Scientific(digits, exponent) : Plain(digits, exponent);
        return negative ? "-" + text : text;
    }

    private static string Plain(float value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var (digits, exponent) = Digits(shortest.TrimStart('-'));
        return (shortest.StartsWith('-') ? "-" : "") + Plain(digits, exponent);
    }

    /// <summary>Digits without leading and trailing zeros, and the exponent of the first of them.</summary>
    private static (string Digits, int Exponent) Digits(string text)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var digits = (whole + (point < 0 ? "" : mantissa[(point + 1)..])).AsSpan();
        exponent += whole.Length - 1;
        while (digits.Length > 1 && digits[0] is '0')
        {
            digits = digits[1..];
            exponent--;
        }

        digits = digits.TrimEnd('0');
        return digits.IsEmpty ? ("0", 0) : (digits.ToString(), exponent);
    }

    private static string Scientific(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0) return "0." + new string('0', -exponent - 1) + digits;
        if (digits.Length <= exponent + 1) return digits + new string('0', exponent + 1 - digits.Length);
        return digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }
}
