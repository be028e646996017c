using System.Globalization;

namespace Boreal.Cli.Parsing;

/// <summary>Sizes: <c>512m</c>, <c>1.5GiB</c>; units are powers of 1024, as docker reads them.</summary>
internal static class ByteSizes
{
    private const string Units = "kmgtp";

    public static long Parse(string text)
    {
        var end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1])) end--;
        var unit = text[end..].ToLowerInvariant();
        var number = text[..end];
        if (number.EndsWith(' ')) number = number[..^1];
        if (number.Length is 0 || !char.IsAsciiDigit(number[^1]) || number[0] is '-' or '+'
            || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            throw new FormatException($"invalid size: '{text}'");
        return (long)(amount * Factor(unit, text));
    }

    /// <summary>-1 means unlimited.</summary>
    public static long ParseOrUnlimited(string text) => text is "-1" ? -1 : Parse(text);

    private static double Factor(string unit, string text)
    {
        if (unit is "" or "b") return 1;
        var power = Units.IndexOf(unit[0], StringComparison.Ordinal);
        if (power < 0 || unit[1..] is not ("" or "b" or "ib")) throw new FormatException($"invalid suffix: '{unit}'");
        return Math.Pow(1024, power + 1);
    }
}
