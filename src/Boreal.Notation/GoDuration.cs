using System.Buffers;
using System.Globalization;

namespace Boreal.Notation;

/// <summary>Go's durations (<c>1m30s</c>, <c>1.5h</c>, <c>100ms</c>) in nanoseconds.</summary>
public static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <exception cref="FormatException">The text is no duration; the message is Go's.</exception>
    public static long Parse(string text) => Read(text, out var nanoseconds) is { } problem ? throw new FormatException(problem) : nanoseconds;

    public static bool TryParse(string text, out long nanoseconds) => Read(text, out nanoseconds) is null;

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

    /// <summary>Null, or what is wrong.</summary>
    private static string? Read(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..]) rest = rest[1..];
        if (rest is "0") return null;
        var total = 0m;
        do
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits < 0) digits = rest.Length;
            if (!decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return Invalid(text);
            rest = rest[digits..];
            var letters = rest.IndexOfAny(Digits);
            var unit = (letters < 0 ? rest : rest[..letters]).ToString();
            if (unit.Length is 0) return $"time: missing unit in duration {GoText.Quote(text)}";
            if (Nanoseconds(unit) is not { } factor) return $"time: unknown unit {GoText.Quote(unit)} in duration {GoText.Quote(text)}";
            // Far from what a decimal can multiply.
            if (amount > long.MaxValue / 1000) return Invalid(text);
            total += amount * factor;
            if (total > long.MaxValue) return Invalid(text);
            rest = rest[unit.Length..];
        }
        while (!rest.IsEmpty);
        nanoseconds = (long)(negative ? -total : total);
        return null;
    }

    private static long? Nanoseconds(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => null,
    };

    private static string Invalid(string text) => $"time: invalid duration {GoText.Quote(text)}";
}
