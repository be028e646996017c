using System.Globalization;

namespace Boreal.Notation;

/// <summary>Names of Linux signals, with or without <c>SIG</c>.</summary>
public static class SignalNames
{
    private const string RealTimeMin = "RTMIN+";
    private const string RealTimeMax = "RTMAX-";

    private static readonly HashSet<string> Names =
    [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL", "PROF", "PWR",
        "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH",
        "XCPU", "XFSZ", "RTMIN", "RTMAX",
    ];

    public static bool IsValid(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number != 0;
        var name = text.ToUpperInvariant();
        if (name.StartsWith("SIG", StringComparison.Ordinal)) name = name[3..];
        return Names.Contains(name) || IsRealTime(name, RealTimeMin, 15) || IsRealTime(name, RealTimeMax, 14);
    }

    private static bool IsRealTime(string name, string prefix, int most) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
        && offset >= 1 && offset <= most && name[prefix.Length] != '0';
}
