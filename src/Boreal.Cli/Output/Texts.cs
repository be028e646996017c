using System.Globalization;
using System.Text;

namespace Boreal.Cli.Output;

/// <summary>Shortened and dated texts.</summary>
internal static class Texts
{
    private const int ShortLength = 12;

    /// <summary>An id without its algorithm, twelve characters.</summary>
    public static string ShortId(string id)
    {
        var colon = id.IndexOf(':');
        if (colon >= 0) id = id[(colon + 1)..];
        return id.Length > ShortLength ? id[..ShortLength] : id;
    }

    /// <summary>At most so many characters wide; what is cut ends in an ellipsis.</summary>
    public static string Ellipsis(string text, int width)
    {
        if (text.Length <= width) return text;
        var cut = new StringBuilder(width);
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var cells = IsWide(rune.Value) ? 2 : 1;
            if (used + cells > width - 1) return cut.Append('…').ToString();
            used += cells;
            cut.Append(rune.ToString());
        }

        return text;
    }

    /// <summary>As Go prints a time: <c>2026-11-22 22:45:25 +0000 UTC</c>.</summary>
    public static string GoTime(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        var fraction = (local.Ticks % TimeSpan.TicksPerSecond) is var ticks and not 0 ? "." + ticks.ToString("d7", CultureInfo.InvariantCulture).TrimEnd('0') : "";
        return local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + fraction
            + local.ToString(" zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal) + " " + ZoneName(local, zone);
    }

    private static string ZoneName(DateTimeOffset time, TimeZoneInfo zone)
    {
        if (time.Offset == TimeSpan.Zero && zone.BaseUtcOffset == TimeSpan.Zero) return "UTC";
        var name = zone.IsDaylightSavingTime(time) ? zone.DaylightName : zone.StandardName;
        return name.Contains(' ', StringComparison.Ordinal) || name.Length is 0 ? time.ToString("zzz", CultureInfo.InvariantCulture) : name;
    }

    private static bool IsWide(int rune) => rune is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3)
        or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x20000 and <= 0x3fffd);
}
