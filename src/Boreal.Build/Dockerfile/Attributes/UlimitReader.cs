using System.Globalization;
using Boreal.Build.Graph;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Attributes;

/// <summary>Reads <c>name=soft[:hard]</c>, several with commas between.</summary>
internal static class UlimitReader
{
    private static readonly HashSet<string> Names =
    [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack",
    ];

    /// <exception cref="FormatException">A limit is unknown or no number.</exception>
    public static IReadOnlyList<ResourceLimit> Read(string text) => text.Length == 0 ? [] : [.. CsvFields.Split(text).Select(ReadOne)];

    private static ResourceLimit ReadOne(string text)
    {
        if (text.Split('=', 2) is not [var name, var values]) throw Invalid($"invalid ulimit argument: {text}");
        if (!Names.Contains(name)) throw Invalid($"invalid ulimit type: {name}");
        var parts = values.Split(':');
        if (parts.Length > 2) throw Invalid($"too many limit value arguments - {values}, can only have up to two, `soft[:hard]`");
        var soft = Number(parts[0]);
        var hard = parts is [_, var given] ? Number(given) : soft;
        if (hard != -1 && (soft > hard || soft == -1))
            throw Invalid($"ulimit soft limit must be less than or equal to hard limit: {(soft == -1 ? "soft: -1 (unlimited)" : soft)} > {hard}");
        return new ResourceLimit(name, soft, hard);
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Invalid($"strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax");

    private static FormatException Invalid(string message) => new($"failed to parse ulimit: {message}");
}
