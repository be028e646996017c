using System.Buffers;
using System.Globalization;
using Boreal.Cli.Templates;

namespace Boreal.Cli.Parsing;

/// <summary>Go's durations: <c>1m30s</c>, <c>1.5h</c>, <c>300ms</c>; in nanoseconds.</summary>
internal static class Durations
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    public static long Parse(string text) => TryParse(text) ?? throw new FormatException(Problem(text));

    public static long? TryParse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..]) rest = rest[1..];
        if (rest is "0") return 0;
        if (rest.IsEmpty) return null;
        var total = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0) return null;
            if (!decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return null;
            rest = rest[digits..];
            var letters = rest.IndexOfAny(NumberCharacters);
            var unit = letters < 0 ? rest : rest[..letters];
            if (Nanoseconds(unit) is not { } factor) return null;
            total += amount * factor;
            rest = rest[unit.Length..];
        }

        return total <= long.MaxValue ? (long)(negative ? -total : total) : null;
    }

    private static string Problem(string text)
    {
        var end = text.AsSpan().LastIndexOfAny(NumberCharacters);
        var number = text.TrimStart('-', '+');
        return number.Length > 0 && char.IsAsciiDigit(number[0]) && end == text.Length - 1
            ? $"time: missing unit in duration {Escapes.Quote(text)}"
            : $"time: invalid duration {Escapes.Quote(text)}";
    }

    private static decimal? Nanoseconds(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1m,
        "us" or "µs" or "μs" => 1_000m,
        "ms" => 1_000_000m,
        "s" => 1_000_000_000m,
        "m" => 60_000_000_000m,
        "h" => 3_600_000_000_000m,
        _ => null,
    };
}
