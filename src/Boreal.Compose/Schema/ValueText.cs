using System.Globalization;
using Boreal.Compose.Yaml;
using Boreal.Notation;

namespace Boreal.Compose.Schema;

/// <summary>Reads scalars as what their key makes of them.</summary>
internal static class ValueText
{
    public static bool TryTruth(string text, out bool value)
    {
        var word = text.ToLowerInvariant();
        value = word is "true" or "y" or "yes" or "on";
        return value || word is "false" or "n" or "no" or "off";
    }

    public static bool TryWhole(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) || TryIntegral(text, out value);

    public static bool TryFraction(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public static bool TrySize(string text, out long bytes)
    {
        if (text is "-1")
        {
            bytes = -1;
            return true;
        }

        return ByteSize.TryParse(text, out bytes) || TryIntegral(text, out bytes);
    }

    /// <summary>A number of devices; -1 for all of them.</summary>
    public static bool TryCount(string text, out long count)
    {
        count = -1;
        return text.Equals("all", StringComparison.OrdinalIgnoreCase) || TryWhole(text, out count);
    }

    /// <summary>What a scalar must look like and how to write it; null when it does.</summary>
    public static string? ProblemOf(ScalarNode scalar, Form form)
    {
        var text = scalar.Value;
        return form switch
        {
            Form.Whole when !TryWhole(text, out _) => "must be a whole number, such as 3",
            Form.Fraction when !TryFraction(text, out _) => "must be a number, such as 0.5",
            Form.Truth when !TryTruth(text, out _) => "must be true or false",
            Form.Bytes when !TrySize(text, out _) => "must be a size, such as 64m or 1.5gb",
            Form.Time when !GoDuration.TryParse(text, out _) => "must be a duration with its unit, such as 90s or 1m30s",
            Form.Count when !TryCount(text, out _) => "must be a number of devices, or all",
            _ => null,
        };
    }

    private static bool TryIntegral(string text, out long value)
    {
        value = 0;
        if (!TryFraction(text, out var number) || number != Math.Floor(number) || Math.Abs(number) > 1e15) return false;
        value = (long)number;
        return true;
    }
}
