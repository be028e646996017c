using System.Globalization;

namespace Boreal.Notation;

/// <summary>Sizes of memory as Docker writes them: <c>64m</c>, <c>1.5GiB</c>, <c>4096</c>; units are powers of 1024.</summary>
public static class ByteSize
{
    private const string Units = "bkmgtp";

    public static bool TryParse(string text, out long bytes) => Read(text, out bytes) is null;

    /// <exception cref="FormatException">The text is no size; the message is Docker's.</exception>
    public static long Parse(string text) => Read(text, out var bytes) is { } problem ? throw new FormatException(problem) : bytes;

    /// <summary>-1 means unlimited.</summary>
    /// <exception cref="FormatException">The text is no size; the message is Docker's.</exception>
    public static long ParseOrUnlimited(string text) => text is "-1" ? -1 : Parse(text);

    /// <summary>Null, or what is wrong.</summary>
    private static string? Read(string text, out long bytes)
    {
        bytes = 0;
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (end is 0 || text[0] is '-' or '+') return $"invalid size: '{text}'";
        if (!double.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return $"invalid size: '{text}'";

        var suffix = text[end..];
        if (suffix is [' ', ..]) suffix = suffix[1..];
        suffix = suffix.ToLowerInvariant();
        if (!TryPower(suffix, out var power)) return $"invalid suffix: '{suffix}'";
        var value = amount * Math.Pow(1024, power);
        if (value > long.MaxValue) return $"invalid size: '{text}'";
        bytes = (long)value;
        return null;
    }

    private static bool TryPower(string suffix, out int power)
    {
        power = suffix.Length is 0 ? 0 : Units.IndexOf(suffix[0], StringComparison.Ordinal);
        if (power < 0) return false;
        return suffix.Length <= 1 || power > 0 && suffix[1..] is "b" or "ib";
    }
}
