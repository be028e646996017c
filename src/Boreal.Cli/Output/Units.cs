using System.Globalization;

namespace Boreal.Cli.Output;

/// <summary>Sizes and durations for people, in docker's words.</summary>
internal static class Units
{
    private static readonly string[] Decimal = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    private static readonly string[] Binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    /// <summary>Powers of 1000, so many significant digits: <c>4.26MB</c>.</summary>
    public static string Size(double bytes, int digits = 4) => Scale(bytes, 1000, Decimal, digits);

    /// <summary>Powers of 1024: <c>1.5GiB</c>.</summary>
    public static string BinarySize(double bytes) => Scale(bytes, 1024, Binary, 4);

    /// <summary>About how long: <c>5 minutes</c>, <c>About an hour</c>.</summary>
    public static string Duration(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        if (seconds < 1) return "Less than a second";
        if (seconds is 1) return "1 second";
        if (seconds < 60) return $"{seconds} seconds";
        var minutes = (long)span.TotalMinutes;
        if (minutes is 1) return "About a minute";
        if (minutes < 60) return $"{minutes} minutes";
        var hours = (long)(span.TotalHours + 0.5);
        if (hours is 1) return "About an hour";
        if (hours < 48) return $"{hours} hours";
        if (hours < 24 * 7 * 2) return $"{hours / 24} days";
        if (hours < 24 * 30 * 2) return $"{hours / 24 / 7} weeks";
        return hours < 24 * 365 * 2 ? $"{hours / 24 / 30} months" : $"{hours / 24 / 365} years";
    }

    private static string Scale(double amount, double step, string[] names, int digits)
    {
        var unit = 0;
        while (amount >= step && unit < names.Length - 1)
        {
            amount /= step;
            unit++;
        }

        return General(amount, digits) + names[unit];
    }

    /// <summary>C's %.Ng for amounts below 10^N, which scaled amounts nearly always are.</summary>
    private static string General(double amount, int digits)
    {
        var text = amount.ToString($"G{digits}", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E');
        return mark < 0 ? text : $"{text[..mark]}e+{int.Parse(text.AsSpan(mark + 2), NumberStyles.None, CultureInfo.InvariantCulture):d2}";
    }
}
