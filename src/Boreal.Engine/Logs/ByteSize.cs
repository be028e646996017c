using System.Globalization;

namespace Boreal.Engine.Logs;

/// <summary>Sizes as log options have them: a number with an optional unit, in powers of 1024 (<c>10m</c>, <c>1.5GB</c>).</summary>
internal static class ByteSize
{
    private const string Units = "kmgtp";

    internal static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().TrimEnd().ToString().ToLowerInvariant();
        if (digits.EndsWith("ib", StringComparison.Ordinal)) digits = digits[..^2];
        else if (digits.EndsWith('b')) digits = digits[..^1];
        double factor = 1;
        if (digits.Length > 0 && Units.IndexOf(digits[^1], StringComparison.Ordinal) is >= 0 and var power)
        {
            factor = Math.Pow(1024, power + 1);
            digits = digits[..^1];
        }

        if (!double.TryParse(digits.TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        bytes = (long)(number * factor);
        return true;
    }
}
