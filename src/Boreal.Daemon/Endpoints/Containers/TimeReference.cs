using System.Buffers;
using System.Globalization;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>A point in time as filters name it: <c>10m</c> ago, an RFC 3339 time or its beginning, or Unix seconds.</summary>
internal static class TimeReference
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HHK", "yyyy-MM-ddK", "yyyy-MM-dd",
    ];

    public static DateTimeOffset Parse(string text, DateTimeOffset now)
    {
        if (TryParseDuration(text) is { } ago)
            return now - ago;
        if (DateTimeOffset.TryParseExact(WithoutNanoseconds(text), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time))
            return time;
        return TryParseUnix(text) ?? throw new EngineException(ErrorKind.Invalid, $"failed to parse value as time or duration: \"{text}\"");
    }

    /// <summary>.NET keeps seven digits of a second.</summary>
    private static string WithoutNanoseconds(string text)
    {
        var dot = text.IndexOf('.');
        if (dot < 0)
            return text;
        var digits = text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9');
        var end = digits < 0 ? text.Length : dot + 1 + digits;
        return end - dot - 1 <= 7 ? text : text[..(dot + 8)] + text[end..];
    }

    /// <summary><c>seconds[.nanoseconds]</c>, as <c>since</c> and <c>until</c> of logs; empty and zero are null.</summary>
    public static DateTimeOffset? ParseUnix(string text)
    {
        if (text is "" or "0")
            return null;
        return TryParseUnix(text) ?? throw new EngineException(ErrorKind.Invalid, $"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }

    private static DateTimeOffset? TryParseUnix(string text)
    {
        var dot = text.IndexOf('.');
        var whole = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? "" : text[(dot + 1)..];
        if (!long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) || fraction.Length > 9)
            return null;
        var nanoseconds = 0;
        if (fraction.Length > 0 && !int.TryParse(fraction.PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out nanoseconds))
            return null;
        return seconds is < -62135596800 or > 253402300799
            ? null
            : DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Go's notation: <c>1h30m</c>, <c>1.5s</c>, <c>300ms</c>.</summary>
    private static TimeSpan? TryParseDuration(string text)
    {
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (negative || rest is ['+', ..])
            rest = rest[1..];
        if (rest.IsEmpty)
            return null;
        double total = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return null;
            rest = rest[digits..];
            var letters = rest.IndexOfAny(NumberCharacters);
            var unit = letters < 0 ? rest : rest[..letters];
            rest = rest[unit.Length..];
            if (TicksOf(unit) is not { } ticks)
                return null;
            total += number * ticks;
        }
        return TimeSpan.FromTicks((long)(negative ? -total : total));
    }

    private static double? TicksOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 0.01,
        "us" or "µs" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        _ => null,
    };
}
