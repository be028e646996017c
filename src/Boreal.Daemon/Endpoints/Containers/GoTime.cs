using System.Globalization;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>Times in Go's RFC 3339 forms.</summary>
internal static class GoTime
{
    /// <summary>What Docker writes where nothing happened yet.</summary>
    public const string Never = "0001-01-01T00:00:00Z";

    /// <summary>Trailing zeros dropped: <c>2026-01-02T03:04:05.67Z</c>.</summary>
    public static string Format(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? Never;

    /// <summary>Nine digits always, so that columns line up.</summary>
    public static string FormatFixed(long unixNanoseconds)
    {
        var (seconds, nanoseconds) = Math.DivRem(unixNanoseconds, 1_000_000_000);
        return string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}.{nanoseconds:D9}Z");
    }
}
