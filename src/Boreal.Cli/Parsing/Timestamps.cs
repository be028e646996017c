using System.Globalization;
using Boreal.Notation;

namespace Boreal.Cli.Parsing;

/// <summary>Points in time for <c>--since</c> and <c>--until</c>: a duration back from now, a date, or seconds since the epoch.</summary>
internal static class Timestamps
{
    private static readonly string[] Zoned = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HHK", "yyyy-MM-ddK"];
    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH", "yyyy-MM-dd"];

    /// <summary>Seconds since the epoch with nanoseconds; null for an empty text.</summary>
    public static string? Parse(string text, TimeProvider clock)
    {
        if (text.Length is 0) return null;
        if (GoDuration.TryParse(text, out var back)) return Seconds(clock.GetUtcNow().AddTicks(-back / 100));
        if (text.Contains('-', StringComparison.Ordinal)) return Seconds(Date(text, clock));
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? text
            : throw new FormatException($"failed to parse value as time or duration: {GoText.Quote(text)}");
    }

    private static DateTimeOffset Date(string text, TimeProvider clock)
    {
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return new DateTimeOffset(local, clock.LocalTimeZone.GetUtcOffset(local));
        return DateTimeOffset.TryParseExact(text, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var zoned)
            ? zoned
            : throw new FormatException($"failed to parse value as time or duration: {GoText.Quote(text)}");
    }

    private static string Seconds(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * 100:d9}");
    }
}
