using System.Buffers;
using System.Globalization;

namespace Boreal.Build.Values;

/// <summary>Go's durations (<c>1m30s</c>, <c>1.5h</c>, <c>100ms</c>) in nanoseconds.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Name, long Nanoseconds)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000),
        ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ];

    /// <exception cref="FormatException">The text is no duration; the message is Go's.</exception>
    public static long Parse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (rest.Length > 0 && rest[0] is '-' or '+') rest = rest[1..];
        if (rest is "0") return 0;
        if (rest.IsEmpty) throw Invalid(text);

        decimal total = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits < 0) digits = rest.Length;
            if (!decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) throw Invalid(text);
            rest = rest[digits..];
            var letters = rest.IndexOfAny(Digits);
            var unit = (letters < 0 ? rest : rest[..letters]).ToString();
            if (unit.Length == 0) throw new FormatException($"time: missing unit in duration {GoText.Quote(text)}");
            // Far from what a decimal can multiply.
            if (amount > long.MaxValue / 1000) throw Invalid(text);
            total += amount * UnitOf(unit, text);
            if (total > long.MaxValue) throw Invalid(text);
            rest = rest[unit.Length..];
        }
        return (long)(negative ? -total : total);
    }

    /// <summary>As Go prints it: the largest unit that leaves a whole number in front.</summary>
    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0) return "0s";
        var sign = nanoseconds < 0 ? "-" : "";
        var rest = nanoseconds < 0 ? (decimal)-nanoseconds : nanoseconds;
        if (rest < 1_000) return $"{sign}{rest}ns";
        if (rest < 1_000_000) return $"{sign}{Plain(rest / 1_000)}µs";
        if (rest < 1_000_000_000) return $"{sign}{Plain(rest / 1_000_000)}ms";
        var hours = (long)(rest / 3_600_000_000_000);
        var minutes = (long)(rest / 60_000_000_000) % 60;
        var seconds = Plain(rest % 60_000_000_000 / 1_000_000_000);
        if (hours > 0) return $"{sign}{hours}h{minutes}m{seconds}s";
        return minutes > 0 ? $"{sign}{minutes}m{seconds}s" : $"{sign}{seconds}s";
    }

    private static string Plain(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    private static long UnitOf(string unit, string text)
    {
        foreach (var (name, nanoseconds) in Units)
        {
            if (name == unit) return nanoseconds;
        }
        throw new FormatException($"time: unknown unit {GoText.Quote(unit)} in duration {GoText.Quote(text)}");
    }

    private static FormatException Invalid(string text) => new($"time: invalid duration {GoText.Quote(text)}");
}
