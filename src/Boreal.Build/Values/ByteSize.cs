using System.Globalization;

namespace Boreal.Build.Values;

/// <summary>Sizes of memory as Docker writes them: <c>64m</c>, <c>1.5GiB</c>, <c>4096</c>; units are powers of 1024.</summary>
internal static class ByteSize
{
    private const string Units = "bkmgtp";

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (end == 0 || text[0] is '-' or '+') return false;
        var digits = text.AsSpan(0, end);
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return false;

        var suffix = text.AsSpan(end).TrimStart(' ').ToString().ToLowerInvariant();
        if (!TryPower(suffix, out var power)) return false;
        var value = amount * Math.Pow(1024, power);
        if (value > long.MaxValue) return false;
        bytes = (long)value;
        return true;
    }

    private static bool TryPower(string suffix, out int power)
    {
        power = suffix.Length == 0 ? 0 : Units.IndexOf(suffix[0]);
        if (power < 0) return false;
        return suffix.Length <= 1 || (suffix.Length == 2 && suffix[1] == 'b' && power > 0) || (suffix.Length == 3 && power > 0 && suffix.EndsWith("ib", StringComparison.Ordinal));
    }
}
